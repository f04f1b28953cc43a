package dev.sagitta.coordinator.node;

import java.time.Duration;
import java.util.Optional;

/**
 * How the coordinators of this node are.
 *
 * @param loaded whether the catalog was read, so that its content can be believed
 * @param joined whether this node has joined the cluster
 * @param leader node that leads and lives, if any is known
 * @param leading whether that is this node
 * @param catalogVersion newest version that this node knows
 * @param storeSilence time since the object store last answered the coordinators, if it ever did
 * @param nodes number of living nodes
 */
public record CoordinatorHealth(
    boolean loaded,
    boolean joined,
    Optional<String> leader,
    boolean leading,
    long catalogVersion,
    Optional<Duration> storeSilence,
    int nodes) {
  /** Why definitions and timestamps cannot be had now; empty if they can. */
  public Optional<String> whyNotReady() {
    if (!loaded) {
      return Optional.of("catalog is not loaded yet");
    }
    if (!joined) {
      return Optional.of("cluster is not joined yet");
    }
    return leader.isPresent() ? Optional.empty() : Optional.of("no node leads");
  }
}
