package dev.sagitta.engine.time;

/** A text that is no point in time or no interval; the message says why. */
public final class InvalidTimestampException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidTimestampException(String message) {
    super(message);
  }
}
