package dev.sagitta.engine.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A moment on the monotonic clock after which a request must stop waiting. */
public record Deadline(long nanoTime) {
  public static Deadline after(Duration duration) {
    requireNonNull(duration, "duration is null");
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Time left, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  public boolean hasPassed() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** The earlier of this deadline and {@code duration} from now. */
  public Deadline atMost(Duration duration) {
    Deadline other = after(duration);
    return other.nanoTime - nanoTime < 0 ? other : this;
  }
}
