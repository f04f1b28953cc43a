package dev.sagitta.connector.objectstore.s3;

import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the SDK's exceptions mean for us. */
final class S3Failures {
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  private S3Failures() {}

  static boolean isAbsent(SdkException failure) {
    return hasStatus(failure, NOT_FOUND) && !hasErrorCode(failure, "NoSuchBucket");
  }

  static boolean isRangeBehindEnd(SdkException failure) {
    return hasStatus(failure, RANGE_NOT_SATISFIABLE);
  }

  static boolean isPreconditionFailed(SdkException failure) {
    return hasStatus(failure, PRECONDITION_FAILED);
  }

  /** Whether the answer came to the only attempt: nothing else can have reached the server. */
  static boolean isFirstAttempt(SdkException failure) {
    return failure.numAttempts() != null && failure.numAttempts() == 1;
  }

  /** Whether a write that failed so has certainly not happened. */
  static boolean isRefusal(SdkException failure) {
    if (!(failure instanceof S3Exception answer) || !isFirstAttempt(failure)) {
      return false;
    }
    return switch (answer.statusCode()) {
      case REQUEST_TIMEOUT, CONFLICT, TOO_MANY_REQUESTS -> false;
      default -> answer.statusCode() >= 400 && answer.statusCode() < 500;
    };
  }

  static ObjectStoreException readFailure(String operation, String key, SdkException cause) {
    return isAbsent(cause) ? new ObjectNotFoundException(key) : failure(operation, key, cause);
  }

  static ObjectStoreException failure(String operation, String key, Exception cause) {
    return new ObjectStoreException(
        operation + " failed: key=" + key + " reason=" + cause.getMessage(), cause);
  }

  private static boolean hasStatus(SdkException failure, int status) {
    return failure instanceof S3Exception answer && answer.statusCode() == status;
  }

  private static boolean hasErrorCode(SdkException failure, String code) {
    return failure instanceof S3Exception answer
        && answer.awsErrorDetails() != null
        && code.equals(answer.awsErrorDetails().errorCode());
  }
}
