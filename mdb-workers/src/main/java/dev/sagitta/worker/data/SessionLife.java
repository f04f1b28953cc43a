package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalDelivery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Whether a delivery session still lives, and attempts that are repeated while it does. Failures of
 * store and leader are survived that way: the records stay in the log meanwhile.
 */
final class SessionLife {
  private static final Logger LOGGER = System.getLogger(SessionLife.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final WalDelivery delivery;
  private final CountDownLatch ended = new CountDownLatch(1);

  SessionLife(WalDelivery delivery) {
    this.delivery = requireNonNull(delivery, "delivery is null");
  }

  boolean alive() {
    return ended.getCount() > 0 && delivery.alive();
  }

  void end() {
    ended.countDown();
  }

  void requireAlive() {
    if (!alive()) {
      throw new SessionEndedException(delivery.sessionId());
    }
  }

  /**
   * Tries again, with growing pauses, until it succeeds or fails for good.
   *
   * @param what names the attempt in logs
   * @param isFinal which failures are not tried again but thrown
   * @throws SessionEndedException when the session ends first
   */
  <T> T retry(String what, Supplier<T> attempt, Predicate<RuntimeException> isFinal) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      requireAlive();
      try {
        return attempt.get();
      } catch (SessionEndedException e) {
        throw e;
      } catch (RuntimeException e) {
        if (isFinal.test(e)) {
          throw e;
        }
        LOGGER.log(
            Level.WARNING, "failed, will be tried again: what={0} reason={1}", what, e.toString());
        pause(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  private void pause(Duration pause) {
    try {
      boolean _ = ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SessionEndedException(delivery.sessionId());
    }
  }
}
