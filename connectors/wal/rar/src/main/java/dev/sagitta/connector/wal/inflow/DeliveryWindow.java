package dev.sagitta.connector.wal.inflow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records that have arrived and wait to be handed to the listener, at most so many unacknowledged
 * ones at a time. Arrivals never wait here: the broker bounds them all together.
 */
final class DeliveryWindow {
  private final int maximumBatch;
  private final int maximumUnacknowledged;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<DeliveredRecord> arrived = new ArrayDeque<>();
  private int unacknowledged;
  private boolean ended;

  DeliveryWindow(int maximumBatch, int maximumUnacknowledged) {
    this.maximumBatch = maximumBatch;
    this.maximumUnacknowledged = maximumUnacknowledged;
  }

  void arrive(DeliveredRecord record) {
    lock.lock();
    try {
      if (!ended) {
        arrived.addLast(record);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next batch in the order of arrival; empty if the time passes or the session ends. */
  List<DeliveredRecord> take(Duration timeout) throws InterruptedException {
    long remaining = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!ended && (arrived.isEmpty() || room() <= 0)) {
        if (remaining <= 0) {
          return List.of();
        }
        remaining = changed.awaitNanos(remaining);
      }
      return ended ? List.of() : next();
    } finally {
      lock.unlock();
    }
  }

  private List<DeliveredRecord> next() {
    List<DeliveredRecord> batch = new ArrayList<>();
    while (batch.size() < maximumBatch && room() > 0 && !arrived.isEmpty()) {
      DeliveredRecord record = arrived.removeFirst();
      if (!record.barrier()) {
        unacknowledged++;
      }
      batch.add(record);
    }
    return batch;
  }

  private int room() {
    return maximumUnacknowledged - unacknowledged;
  }

  /** Waits until a record may be handed out; false if the time passes or the session ends. */
  boolean awaitRoom(Duration timeout) throws InterruptedException {
    long remaining = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!ended && room() <= 0) {
        if (remaining <= 0) {
          return false;
        }
        remaining = changed.awaitNanos(remaining);
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  void acknowledged(int records) {
    lock.lock();
    try {
      unacknowledged -= records;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Records handed out and not acknowledged, without barriers. */
  int unacknowledged() {
    lock.lock();
    try {
      return unacknowledged;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
