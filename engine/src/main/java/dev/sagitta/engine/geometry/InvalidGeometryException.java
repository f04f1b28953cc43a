package dev.sagitta.engine.geometry;

/** A text that is no geometry; the message says why. */
public final class InvalidGeometryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidGeometryException(String message) {
    super(message);
  }

  public InvalidGeometryException(String message, Throwable cause) {
    super(message, cause);
  }
}
