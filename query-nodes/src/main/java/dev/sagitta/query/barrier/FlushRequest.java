package dev.sagitta.query.barrier;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One flush of one vchannel, asked for by a barrier. The same barrier is sent again while no answer
 * comes, at growing intervals: it may be lost, or the flush may take long; to flush twice is
 * harmless.
 */
final class FlushRequest implements AutoCloseable {
  private static final Duration FIRST_RESEND = Duration.ofSeconds(2);
  private static final Duration LONGEST_RESEND = Duration.ofSeconds(30);

  private final String vchannel;
  private final BarrierSender sender;
  private final PendingBarriers pendingBarriers;
  private final CompletableFuture<BarrierReply> reply = new CompletableFuture<>();
  private final long id;

  FlushRequest(String vchannel, BarrierSender sender, PendingBarriers pendingBarriers) {
    this.vchannel = vchannel;
    this.sender = sender;
    this.pendingBarriers = pendingBarriers;
    this.id = pendingBarriers.register(reply::complete);
  }

  CompletableFuture<Void> send() {
    return sender.send(vchannel, BarrierKind.FLUSH, id);
  }

  /** Waits for the answer. */
  BarrierReply await(Deadline deadline) {
    Duration interval = FIRST_RESEND;
    while (true) {
      Deadline attempt = deadline.atMost(interval);
      try {
        return reply.get(attempt.remaining().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (deadline.hasPassed()) {
          throw new SagittaException(
              ErrorCode.TIMEOUT, "flush not confirmed in time: vchannel=" + vchannel, e);
        }
        var _ = send();
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(LONGEST_RESEND) < 0 ? doubled : LONGEST_RESEND;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SagittaException(
            ErrorCode.CANCELLED, "interrupted while flushing vchannel=" + vchannel, e);
      } catch (ExecutionException e) {
        throw new SagittaException(
            ErrorCode.INTERNAL, "flush failed: vchannel=" + vchannel, e.getCause());
      }
    }
  }

  @Override
  public void close() {
    pendingBarriers.forget(id);
  }
}
