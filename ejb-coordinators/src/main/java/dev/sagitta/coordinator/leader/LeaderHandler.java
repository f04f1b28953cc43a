package dev.sagitta.coordinator.leader;

import dev.sagitta.engine.time.Deadline;

/** Does something that only the leader may do. */
@FunctionalInterface
public interface LeaderHandler {
  /**
   * Answers a request, on this node or from another one.
   *
   * @throws dev.sagitta.coordinator.catalog.NotLeaderException if this node does not lead; the
   *     caller looks for the leader again
   */
  byte[] answer(byte[] request, Deadline deadline);
}
