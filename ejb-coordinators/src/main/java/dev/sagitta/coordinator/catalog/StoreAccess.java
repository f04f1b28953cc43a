package dev.sagitta.coordinator.catalog;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls to the object store with a connection each, repeated a bounded number of times with growing
 * pauses when the store fails. Only for calls that may be repeated.
 */
public final class StoreAccess {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final ObjectStoreConnectionFactory connections;
  private final Pause pause;
  private final InstantSource clock;
  private volatile Optional<Instant> lastSuccess = Optional.empty();

  public StoreAccess(ObjectStoreConnectionFactory connections, Pause pause, InstantSource clock) {
    this.connections = requireNonNull(connections, "connections is null");
    this.pause = requireNonNull(pause, "pause is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** When the store last answered, if it ever did. */
  public Optional<Instant> lastSuccess() {
    return lastSuccess;
  }

  /**
   * Calls the store until it answers; an absent object is an answer.
   *
   * @throws ObjectNotFoundException if the store says so
   * @throws SagittaException of code STORAGE_FAILED when all attempts have failed
   */
  public <T> T call(String operation, Function<ObjectStore, T> action) {
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(action);
      } catch (ObjectNotFoundException e) {
        throw e;
      } catch (ObjectStoreException e) {
        if (attempt == ATTEMPTS) {
          throw new SagittaException(
              ErrorCode.STORAGE_FAILED,
              "object store failed: operation=" + operation + " reason=" + e.getMessage(),
              e);
        }
      }
      pause.pause(wait);
      wait = wait.multipliedBy(4);
    }
  }

  /** One attempt; failures come as the store throws them. */
  public <T> T once(Function<ObjectStore, T> action) {
    try (ObjectStore store = connections.connect()) {
      T result = action.apply(store);
      lastSuccess = Optional.of(clock.instant());
      return result;
    } catch (ObjectNotFoundException e) {
      lastSuccess = Optional.of(clock.instant());
      throw e;
    }
  }
}
