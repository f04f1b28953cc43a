package dev.sagitta.engine.storage;

/**
 * A file that is of a version that this release no longer reads; the message names file, expected
 * and actual.
 */
public final class FileTooOldException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  public FileTooOldException(String message) {
    super(message);
  }
}
