package dev.sagitta.coordinator.index;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log that keeps what is appended, unless it is full. */
public final class FakeLog implements WalConnection {
  private final List<WalEntry> entries = new ArrayList<>();
  private boolean full;

  /** What was appended so far. */
  public synchronized List<WalEntry> entries() {
    return List.copyOf(entries);
  }

  public synchronized void full(boolean newFull) {
    full = newFull;
  }

  @Override
  public synchronized CompletableFuture<Void> append(List<WalEntry> appended) {
    if (full) {
      return CompletableFuture.failedFuture(new WalFullException("log is full"));
    }
    entries.addAll(appended);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> sendBarrier(WalEntry barrier) {
    throw new UnsupportedOperationException("not used by the coordinators");
  }

  @Override
  public WalBacklog backlog() {
    return new WalBacklog(0, 0);
  }

  @Override
  public void close() {}
}
