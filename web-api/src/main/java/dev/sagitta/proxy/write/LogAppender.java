package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.log.LogRecordCodec;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives encoded records their timestamp and sequence and hands them to the log, all under one lock:
 * so this producer's records lie in the log in the order of their sequence numbers, on which replay
 * depends, and of their timestamps.
 *
 * <p>Requests that come while the lock is held are stamped together by its holder with one call to
 * the timestamp oracle. All records of a request have one timestamp.
 */
final class LogAppender {
  /** Timestamps of one call to the oracle; far below its bound. */
  private static final int MAXIMUM_BATCH = 1024;

  private final TimestampOracle timestamps;
  private final WalConnectionFactory wal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
  private long nextSequence = 1;

  LogAppender(TimestampOracle timestamps, WalConnectionFactory wal) {
    this.timestamps = requireNonNull(timestamps, "timestamps is null");
    this.wal = requireNonNull(wal, "wal is null");
  }

  /**
   * Appends the records of one request as a whole or not at all.
   *
   * @param entries encoded records; they are stamped in place
   * @return completes as {@link WalConnection#append} says, or fails with a {@link
   *     SagittaException} when nothing was appended
   */
  CompletableFuture<Void> append(List<WalEntry> entries, Deadline deadline) {
    Append append = new Append(entries, deadline, new CompletableFuture<>());
    waiting.add(append);
    // Whoever fails to get the lock is served by its holder, who looks again after giving it back.
    while (!waiting.isEmpty() && lock.tryLock()) {
      try {
        appendWaiting();
      } finally {
        lock.unlock();
      }
    }
    return append.result();
  }

  private void appendWaiting() {
    List<Append> batch = new ArrayList<>();
    Deadline earliest = null;
    for (Append next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.deadline().hasPassed()) {
        next.failUnwritten(timeout(null));
        continue;
      }
      batch.add(next);
      earliest = earlier(earliest, next.deadline());
      if (batch.size() == MAXIMUM_BATCH) {
        break;
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    long timestamp;
    try {
      timestamp = timestamps.allocate(batch.size(), earliest);
    } catch (RuntimeException e) {
      batch.forEach(append -> failOrRetry(append, e));
      return;
    }
    for (Append append : batch) {
      append(append, timestamp++);
    }
  }

  /** When the first deadline has passed, those with a later one may still be served. */
  private void failOrRetry(Append append, RuntimeException failure) {
    boolean timedOut =
        failure instanceof SagittaException known && known.errorCode() == ErrorCode.TIMEOUT;
    if (timedOut && !append.deadline().hasPassed()) {
      waiting.add(append);
    } else {
      append.failUnwritten(timedOut ? timeout(failure) : failure);
    }
  }

  private void append(Append append, long timestamp) {
    try (WalConnection connection = wal.connect()) {
      for (WalEntry entry : append.entries()) {
        LogRecordCodec.stamp(entry.body(), timestamp, nextSequence++);
      }
      CompletableFuture<Void> appended = connection.append(append.entries());
      var _ =
          appended.whenComplete(
              (_, failure) -> {
                if (failure == null) {
                  append.result().complete(null);
                } else {
                  append.result().completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      append.result().completeExceptionally(e);
    }
  }

  private static Deadline earlier(Deadline first, Deadline second) {
    return first == null || second.nanoTime() - first.nanoTime() < 0 ? second : first;
  }

  private static SagittaException timeout(Throwable cause) {
    return new SagittaException(
        ErrorCode.TIMEOUT, "request timeout: nothing was written: operation=append", cause);
  }

  private record Append(List<WalEntry> entries, Deadline deadline, CompletableFuture<Void> result) {
    void failUnwritten(RuntimeException failure) {
      result.completeExceptionally(failure);
    }
  }
}
