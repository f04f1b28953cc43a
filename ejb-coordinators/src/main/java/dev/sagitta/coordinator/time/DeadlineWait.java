package dev.sagitta.coordinator.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Waits for results, but not longer than until a deadline. */
public final class DeadlineWait {
  private DeadlineWait() {}

  /**
   * The future's result.
   *
   * @param operation what is waited for, for messages
   * @throws SagittaException code TIMEOUT at the deadline, CANCELLED when interrupted; a
   *     RuntimeException that the future failed with is thrown as it is, others as INTERNAL
   */
  public static <T> T result(Future<T> future, Deadline deadline, String operation) {
    try {
      return future.get(deadline.remaining().toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SagittaException(ErrorCode.TIMEOUT, "request timeout: operation=" + operation, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted: operation=" + operation, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new SagittaException(
          ErrorCode.INTERNAL, "failed: operation=" + operation, e.getCause());
    }
  }
}
