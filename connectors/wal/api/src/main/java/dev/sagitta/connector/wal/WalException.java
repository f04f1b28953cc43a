package dev.sagitta.connector.wal;

/** The log refused or failed; nothing was written unless a subclass says otherwise. */
public class WalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WalException(String message) {
    super(message);
  }

  public WalException(String message, Throwable cause) {
    super(message, cause);
  }
}
