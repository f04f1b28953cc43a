package dev.sagitta.coordinator.catalog;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;

/**
 * The store failed while a change was written: it may be in the catalog, or get there. Whoever
 * proposed it reads the catalog before proposing again.
 */
public final class CommitOutcomeUnknownException extends SagittaException {
  private static final long serialVersionUID = 1L;

  public CommitOutcomeUnknownException(String message, Throwable cause) {
    super(ErrorCode.STORAGE_FAILED, message, cause);
  }
}
