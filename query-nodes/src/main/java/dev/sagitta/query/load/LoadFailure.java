package dev.sagitta.query.load;

import static java.util.Objects.requireNonNull;

/** A segment that could not be loaded so far; it is tried again. */
public record LoadFailure(long segmentId, int attempts, String reason) {
  public LoadFailure {
    requireNonNull(reason, "reason is null");
  }
}
