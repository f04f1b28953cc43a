package dev.sagitta.coordinator.leader;

/** Is told when this node begins or ceases to lead. */
@FunctionalInterface
public interface LeadershipListener {
  /** Called in order, one call at a time; must return quickly. */
  void leadershipChanged(boolean leading);
}
