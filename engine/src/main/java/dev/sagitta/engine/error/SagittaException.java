package dev.sagitta.engine.error;

import static java.util.Objects.requireNonNull;

/** A failure that a client is told about: a Milvus code and a message that names the culprit. */
public class SagittaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode errorCode;

  public SagittaException(ErrorCode errorCode, String message) {
    super(message);
    this.errorCode = requireNonNull(errorCode, "errorCode is null");
  }

  public SagittaException(ErrorCode errorCode, String message, Throwable cause) {
    super(message, cause);
    this.errorCode = requireNonNull(errorCode, "errorCode is null");
  }

  public ErrorCode errorCode() {
    return errorCode;
  }

  /** A malformed request: code 1100, Milvus's suffix for invalid parameters included. */
  public static SagittaException invalidParameter(String message) {
    return new SagittaException(ErrorCode.INVALID_PARAMETER, message + ": invalid parameter");
  }
}
