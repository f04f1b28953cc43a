package dev.sagitta.coordinator.catalog;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;

/**
 * This node does not lead, or leads no more: nothing was committed. Ask the node that the catalog
 * names, or wait until there is one.
 */
public final class NotLeaderException extends SagittaException {
  private static final long serialVersionUID = 1L;

  public NotLeaderException(String message) {
    super(ErrorCode.SERVICE_NOT_READY, message);
  }
}
