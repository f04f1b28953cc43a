package dev.sagitta.worker.data;

import dev.sagitta.connector.objectstore.ObjectStoreException;
import java.util.Random;

/** Decides by the seed where the simulated process dies and what fails for a moment. */
final class Faults {
  private final Random random;
  private boolean enabled = true;
  private int crashes;
  private int failures;

  Faults(Random random) {
    this.random = random;
  }

  void enable(boolean newEnabled) {
    enabled = newEnabled;
  }

  int crashes() {
    return crashes;
  }

  /** A point at which the process may die. */
  void mayCrash(String where) {
    if (enabled && random.nextInt(60) == 0) {
      crashes++;
      throw new NodeCrash(where);
    }
  }

  /** A point at which a request may fail; seldom, since each costs a pause of the real clock. */
  void mayFail(String what) {
    if (enabled && failures < 2 && random.nextInt(150) == 0) {
      failures++;
      throw new ObjectStoreException("simulated failure: " + what);
    }
  }
}
