package dev.sagitta.connector.wal;

/** The log's bound is reached; nothing was written; retry after a while. */
public final class WalFullException extends WalException {
  private static final long serialVersionUID = 1L;

  public WalFullException(String message) {
    super(message);
  }

  public WalFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
