package dev.sagitta.engine.storage;

/**
 * A file that is of a version that only a newer release can read; the message names file, expected
 * and actual.
 */
public final class FileTooNewException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  public FileTooNewException(String message) {
    super(message);
  }
}
