package dev.sagitta.query.fakes;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A log with message groups, sessions and deferred acknowledgement, on the heap. Nothing moves by
 * itself: {@link Session#deliver} hands over the next records. A group sticks to a session until
 * that ends; then its unacknowledged records come first, in order, to the next one. Barriers that
 * were delivered to a dead session, or wait when the broker restarts, are lost.
 */
public final class FakeWal implements WalConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, List<Item>> groups = new LinkedHashMap<>();
  private final transient Map<String, Session> owners = new HashMap<>();
  private final transient List<Session> sessions = new ArrayList<>();
  private transient int nextSession;

  /** Opens a consumer session. */
  public synchronized Session open(WalListener listener) {
    Session session = new Session("session-" + nextSession++, listener);
    sessions.add(session);
    return session;
  }

  public synchronized List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /** Durable records of the vchannel that are not acknowledged. */
  public synchronized int unacknowledged(String vchannel) {
    return (int)
        groups.getOrDefault(vchannel, List.of()).stream().filter(item -> !item.barrier).count();
  }

  @Override
  public WalConnection connect() {
    return new Connection();
  }

  private synchronized void add(WalEntry entry, boolean barrier) {
    groups.computeIfAbsent(entry.vchannel(), _ -> new ArrayList<>()).add(new Item(entry, barrier));
  }

  private final class Connection implements WalConnection {
    @Override
    public CompletableFuture<Void> append(List<WalEntry> entries) {
      entries.forEach(entry -> add(entry, false));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> sendBarrier(WalEntry barrier) {
      add(barrier, true);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public WalBacklog backlog() {
      synchronized (FakeWal.this) {
        return new WalBacklog(groups.values().stream().mapToLong(List::size).sum(), 0);
      }
    }

    @Override
    public void close() {}
  }

  /** A consumer session and the handle to it. */
  public final class Session implements WalDelivery {
    private final String id;
    private final WalListener listener;
    private boolean alive = true;

    Session(String id, WalListener listener) {
      this.id = id;
      this.listener = listener;
    }

    /** Hands the next records over, at most {@code limit}; returns how many. */
    public int deliver(int limit) {
      List<WalRecord> batch = new ArrayList<>();
      synchronized (FakeWal.this) {
        if (!alive) {
          return 0;
        }
        for (Map.Entry<String, List<Item>> group : groups.entrySet()) {
          Iterator<Item> items = group.getValue().iterator();
          while (items.hasNext() && batch.size() < limit) {
            Item item = items.next();
            if (item.deliveredTo != null) {
              continue;
            }
            if (owners.computeIfAbsent(group.getKey(), _ -> this) != this) {
              break;
            }
            item.deliveredTo = this;
            batch.add(item);
            if (item.barrier) {
              items.remove();
            }
          }
        }
      }
      if (!batch.isEmpty()) {
        listener.onRecords(batch, this);
      }
      return batch.size();
    }

    /** Ends the session as the broker sees it; the listener is told unless its node is dead. */
    public void end(boolean tellListener) {
      synchronized (FakeWal.this) {
        if (!alive) {
          return;
        }
        alive = false;
        sessions.remove(this);
        owners.values().removeIf(owner -> owner == this);
        for (List<Item> items : groups.values()) {
          for (Item item : items) {
            if (item.deliveredTo == this) {
              item.deliveredTo = null;
              item.redelivered = true;
            }
          }
        }
      }
      if (tellListener) {
        listener.onSessionEnded(this);
      }
    }

    @Override
    public String sessionId() {
      return id;
    }

    @Override
    public boolean alive() {
      synchronized (FakeWal.this) {
        return alive;
      }
    }

    @Override
    public void acknowledge(Collection<WalRecord> records) {
      synchronized (FakeWal.this) {
        if (!alive) {
          throw new WalException("session has ended: session=" + id);
        }
        Set<WalRecord> acknowledged = new HashSet<>(records);
        if (acknowledged.size() != records.size()) {
          throw new AssertionError("a record is acknowledged twice in one call");
        }
        for (List<Item> items : groups.values()) {
          boolean gap = false;
          for (Item item : items) {
            if (!acknowledged.contains(item)) {
              gap |= !item.barrier;
            } else if (gap || item.deliveredTo != this) {
              throw new AssertionError("acknowledged with a gap, or by another session");
            }
          }
        }
        int before = groups.values().stream().mapToInt(List::size).sum();
        groups.values().forEach(items -> items.removeAll(acknowledged));
        int after = groups.values().stream().mapToInt(List::size).sum();
        if (before - after != acknowledged.size()) {
          throw new AssertionError("acknowledged what is not in the log");
        }
      }
    }

    @Override
    public void abandon(String reason) {
      end(true);
    }
  }

  private static final class Item implements WalRecord {
    private final WalEntry entry;
    private final boolean barrier;
    private Session deliveredTo;
    private boolean redelivered;

    Item(WalEntry entry, boolean barrier) {
      this.entry = entry;
      this.barrier = barrier;
    }

    @Override
    public String pchannel() {
      return entry.pchannel();
    }

    @Override
    public String vchannel() {
      return entry.vchannel();
    }

    @Override
    public byte[] body() {
      return entry.body();
    }

    @Override
    public boolean barrier() {
      return barrier;
    }

    @Override
    public boolean redelivered() {
      return redelivered;
    }
  }
}
