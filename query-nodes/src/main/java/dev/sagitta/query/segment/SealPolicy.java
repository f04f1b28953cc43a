package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Which growing segments a flush seals.
 *
 * @param all every one that has rows
 * @param sealBytes those of at least this size
 * @param idleTime those that got no row for this long
 */
public record SealPolicy(boolean all, long sealBytes, Duration idleTime) {
  public SealPolicy {
    requireNonNull(idleTime, "idleTime is null");
  }

  public SealPolicy sealingAll() {
    return new SealPolicy(true, sealBytes, idleTime);
  }
}
