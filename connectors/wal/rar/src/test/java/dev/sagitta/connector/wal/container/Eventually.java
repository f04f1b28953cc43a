package dev.sagitta.connector.wal.container;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions with a deadline. */
public final class Eventually {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(5);

  private Eventually() {}

  /** Fails if the condition does not come true within 20 s. */
  public static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not happen in time: " + what);
      }
      Thread.sleep(POLL);
    }
  }
}
