package dev.sagitta.engine.storage;

/** A file of ours that cannot be used; the subclasses say why. */
public abstract sealed class UnusableFileException extends RuntimeException
    permits CorruptFileException, FileTooOldException, FileTooNewException {
  private static final long serialVersionUID = 1L;

  protected UnusableFileException(String message) {
    super(message);
  }
}
