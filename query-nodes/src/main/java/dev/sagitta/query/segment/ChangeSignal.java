package dev.sagitta.query.segment;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts changes and lets threads wait for the next one. */
final class ChangeSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long count;

  long count() {
    return count;
  }

  void changed() {
    lock.lock();
    try {
      long next = count + 1;
      count = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there were more changes than {@code seen}; false if the deadline passes first. */
  boolean await(long seen, Deadline deadline) {
    lock.lock();
    try {
      while (count == seen) {
        long remaining = deadline.remaining().toNanos();
        if (remaining == 0) {
          return false;
        }
        long _ = changed.awaitNanos(remaining);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted while waiting to be loaded", e);
    } finally {
      lock.unlock();
    }
  }
}
