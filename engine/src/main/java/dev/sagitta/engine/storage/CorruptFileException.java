package dev.sagitta.engine.storage;

/**
 * A file that is damaged or truncated, or not what its name says; the message names file, expected
 * and actual.
 */
public final class CorruptFileException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  public CorruptFileException(String message) {
    super(message);
  }
}
