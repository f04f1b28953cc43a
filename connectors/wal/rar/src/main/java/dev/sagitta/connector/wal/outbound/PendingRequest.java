package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Entries that are to be written as a whole or not at all.
 *
 * @param deadlineNanoseconds {@link System#nanoTime()} after which it is not worth starting
 * @param outcome completed by the committer's thread
 */
record PendingRequest(
    List<WalEntry> entries, long bytes, long deadlineNanoseconds, CompletableFuture<Void> outcome) {
  PendingRequest {
    entries = List.copyOf(entries);
  }

  boolean overdue() {
    return System.nanoTime() - deadlineNanoseconds >= 0;
  }

  void succeed() {
    outcome.complete(null);
  }

  void fail(WalException failure) {
    outcome.completeExceptionally(failure);
  }
}
