package dev.sagitta.query.barrier;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What this node knows about one vchannel's owner. Readers that want a fresher answer share the
 * barriers in flight: a reader is served by any barrier sent after it began; while two young ones
 * are in flight, later readers wait for one of them to return before the next is sent, so that
 * barriers do not grow with readers. A barrier that stays unanswered is not taken back (its answer
 * may be behind a long replay), others are sent behind it at growing intervals.
 */
final class VchannelRoute {
  private static final int MAXIMUM_YOUNG = 2;
  private static final int MAXIMUM_PENDING = 16;
  private static final long RESEND_NANOS = Duration.ofMillis(500).toNanos();
  private static final long SEND_RETRY_NANOS = Duration.ofMillis(50).toNanos();

  private final String vchannel;
  private final BarrierSender sender;
  private final PendingBarriers pendingBarriers;
  private final Predicate<String> alive;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Pending> pending = new ArrayList<>();
  private String owner;
  private long freshAtNanos;
  private boolean dropped;
  private Throwable lastSendFailure;

  VchannelRoute(
      String vchannel,
      BarrierSender sender,
      PendingBarriers pendingBarriers,
      Predicate<String> alive) {
    this.vchannel = vchannel;
    this.sender = sender;
    this.pendingBarriers = pendingBarriers;
    this.alive = alive;
  }

  /** The living owner if it is known to be as fresh as wanted, else null. */
  String ownerIfFresh(long notBeforeNanos) {
    lock.lock();
    try {
      return freshOwner(notBeforeNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Sends a barrier if none in flight serves a reader that began at {@code notBeforeNanos}. */
  void sendIfNeeded(long notBeforeNanos) {
    long id;
    Pending sent;
    lock.lock();
    try {
      long now = System.nanoTime();
      if (freshOwner(notBeforeNanos) != null || !mustSend(notBeforeNanos, now)) {
        return;
      }
      if (pending.size() >= MAXIMUM_PENDING) {
        pendingBarriers.forget(pending.removeFirst().id);
      }
      sent = new Pending(now);
      id = pendingBarriers.register(reply -> reached(sent, reply));
      sent.id = id;
      pending.add(sent);
    } finally {
      lock.unlock();
    }
    var _ =
        sender
            .send(vchannel, BarrierKind.READ, id)
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    sendFailed(sent, failure);
                  }
                });
  }

  /** Waits for an owner that is as fresh as wanted. */
  String await(long notBeforeNanos, Deadline deadline) {
    while (true) {
      sendIfNeeded(notBeforeNanos);
      lock.lock();
      try {
        String fresh = freshOwner(notBeforeNanos);
        if (fresh != null) {
          return fresh;
        }
        if (dropped) {
          throw new SagittaException(
              ErrorCode.COLLECTION_NOT_FOUND, "collection not found[vchannel=" + vchannel + "]");
        }
        long remaining = deadline.remaining().toNanos();
        if (remaining == 0) {
          throw timeout();
        }
        long pause = pending.isEmpty() ? SEND_RETRY_NANOS : resendDelay(System.nanoTime());
        var _ = changed.awaitNanos(Math.min(remaining, pause));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SagittaException(
            ErrorCode.CANCELLED, "interrupted while waiting for vchannel=" + vchannel, e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Forgets the owner; what is in flight still counts. */
  void invalidate() {
    lock.lock();
    try {
      owner = null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting: the vchannel's collection is gone. */
  void drop() {
    lock.lock();
    try {
      dropped = true;
      owner = null;
      pending.forEach(barrier -> pendingBarriers.forget(barrier.id));
      pending.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private String freshOwner(long notBeforeNanos) {
    if (owner == null || !alive.test(owner)) {
      return null;
    }
    boolean fresh = notBeforeNanos == Long.MIN_VALUE || freshAtNanos - notBeforeNanos >= 0;
    return fresh ? owner : null;
  }

  private boolean mustSend(long notBeforeNanos, long now) {
    if (dropped) {
      return false;
    }
    int young = 0;
    for (Pending barrier : pending) {
      if (now - barrier.sentNanos < RESEND_NANOS) {
        young++;
      }
    }
    if (pending.isEmpty()) {
      return true;
    }
    Pending newest = pending.getLast();
    boolean served = notBeforeNanos == Long.MIN_VALUE || newest.sentNanos - notBeforeNanos >= 0;
    return served ? resendDelay(now) <= 0 : young < MAXIMUM_YOUNG;
  }

  /** Time until another barrier is due, doubling with those that are unanswered. */
  private long resendDelay(long now) {
    long interval = RESEND_NANOS << Math.min(pending.size() - 1, 4);
    return interval - (now - pending.getLast().sentNanos);
  }

  private void reached(Pending barrier, BarrierReply reply) {
    lock.lock();
    try {
      pending.remove(barrier);
      if (reply.dropped()) {
        dropped = true;
      } else if (owner == null || barrier.sentNanos - freshAtNanos > 0) {
        owner = reply.ownerNodeId();
        freshAtNanos = barrier.sentNanos;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sendFailed(Pending barrier, Throwable failure) {
    pendingBarriers.forget(barrier.id);
    lock.lock();
    try {
      pending.remove(barrier);
      lastSendFailure = failure;
    } finally {
      lock.unlock();
    }
  }

  private SagittaException timeout() {
    String message = "no owner answered in time: vchannel=" + vchannel;
    return lastSendFailure == null
        ? new SagittaException(ErrorCode.TIMEOUT, message)
        : new SagittaException(
            ErrorCode.TIMEOUT,
            message + " last failure=" + lastSendFailure.getMessage(),
            lastSendFailure);
  }

  private static final class Pending {
    private final long sentNanos;
    private long id;

    Pending(long sentNanos) {
      this.sentNanos = sentNanos;
    }
  }
}
