package dev.sagitta.coordinator.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when told to. */
public final class ManualClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves the clock, backwards if negative. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }
}
