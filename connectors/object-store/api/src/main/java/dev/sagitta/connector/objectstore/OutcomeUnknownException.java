package dev.sagitta.connector.objectstore;

/** A write whose answer was lost: it may have happened. */
public final class OutcomeUnknownException extends ObjectStoreException {
  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
