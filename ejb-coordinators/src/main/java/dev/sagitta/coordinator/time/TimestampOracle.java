package dev.sagitta.coordinator.time;

import dev.sagitta.engine.time.Deadline;

/**
 * Hands out timestamps that only grow, over the whole cluster and over restarts. Answered by the
 * leader; concurrent requests of a node share a call.
 */
public interface TimestampOracle {
  /**
   * Reserves {@code count} consecutive timestamps, 1 to 2^18 - 1.
   *
   * @return the first of them
   */
  long allocate(int count, Deadline deadline);
}
