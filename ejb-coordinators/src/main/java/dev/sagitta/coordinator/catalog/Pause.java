package dev.sagitta.coordinator.catalog;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.time.Duration;

/** Waits between attempts; injected so that tests need not. */
@FunctionalInterface
public interface Pause {
  /** Sleeps; an interrupt ends it with a {@link SagittaException} of code CANCELLED. */
  Pause SLEEP =
      duration -> {
        try {
          Thread.sleep(duration);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new SagittaException(ErrorCode.CANCELLED, "interrupted while retrying", e);
        }
      };

  void pause(Duration duration);
}
