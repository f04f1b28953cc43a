package dev.sagitta.connector.wal;

/** The broker was lost before it answered: the append may have happened. */
public final class WalOutcomeUnknownException extends WalException {
  private static final long serialVersionUID = 1L;

  public WalOutcomeUnknownException(String message) {
    super(message);
  }

  public WalOutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
