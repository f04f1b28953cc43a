package dev.sagitta.it;

import java.time.Duration;

/** Waits for something to become true, for a limited time. */
final class Await {
  private Await() {}

  /** A condition that may talk to a server. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      Thread.sleep(50);
    }
  }
}
