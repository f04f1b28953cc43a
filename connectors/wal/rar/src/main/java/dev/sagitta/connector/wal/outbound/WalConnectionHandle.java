package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** What the application holds: valid until it closes it or the container takes it back. */
public final class WalConnectionHandle implements WalConnection {
  private final AtomicReference<WalManagedConnection> managed;

  WalConnectionHandle(WalManagedConnection managed) {
    this.managed = new AtomicReference<>(managed);
  }

  @Override
  public CompletableFuture<Void> append(List<WalEntry> entries) {
    return appender().append(entries);
  }

  @Override
  public CompletableFuture<Void> sendBarrier(WalEntry barrier) {
    return appender().sendBarrier(barrier);
  }

  @Override
  public WalBacklog backlog() {
    return appender().backlog();
  }

  private LogAppender appender() {
    WalManagedConnection current = managed.get();
    if (current == null) {
      throw new WalException("the connection to the log is closed");
    }
    return current.appender();
  }

  void moveTo(WalManagedConnection target) {
    WalManagedConnection previous = managed.getAndSet(target);
    if (previous != null) {
      previous.disown(this);
    }
  }

  void detach() {
    managed.set(null);
  }

  @Override
  public void close() {
    WalManagedConnection current = managed.getAndSet(null);
    if (current != null) {
      current.handleClosed(this);
    }
  }
}
