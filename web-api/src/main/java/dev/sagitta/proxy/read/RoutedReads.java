package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.cluster.NodeUnavailableException;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.VchannelRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the owners of the vchannels that a read needs and reads from them; when an owner is gone or
 * no longer is one, all is routed and read again, a bounded number of times and within the
 * deadline.
 */
final class RoutedReads {
  static final int MAXIMUM_ATTEMPTS = 12;

  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final VchannelRouter router;

  RoutedReads(VchannelRouter router) {
    this.router = requireNonNull(router, "router is null");
  }

  /**
   * Reads.
   *
   * @param read is given the owning nodes, each with its vchannels
   * @throws SagittaException TIMEOUT at the deadline, SERVICE_UNAVAILABLE after the last attempt
   */
  <T> T read(ReadScope scope, Deadline deadline, Function<List<Owner>, T> read) {
    long pauseMillis = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return read.apply(ownersOf(scope, deadline));
      } catch (StaleRouteException | NodeUnavailableException e) {
        scope.vchannels().forEach(router::invalidate);
        if (attempt == MAXIMUM_ATTEMPTS) {
          throw new SagittaException(
              ErrorCode.SERVICE_UNAVAILABLE,
              "owners keep changing: attempts=" + attempt + " reason=" + e.getMessage(),
              e);
        }
        pause(pauseMillis, deadline, e);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private List<Owner> ownersOf(ReadScope scope, Deadline deadline) {
    Map<String, String> owners =
        router.ownersAt(scope.vchannels(), scope.notBeforeNanos(), deadline);
    if (owners.size() == 1) {
      return List.of(new Owner(owners.values().iterator().next(), scope.vchannels()));
    }
    Map<String, List<String>> vchannelsByNode = new TreeMap<>();
    for (String vchannel : scope.vchannels()) {
      vchannelsByNode.computeIfAbsent(owners.get(vchannel), _ -> new ArrayList<>()).add(vchannel);
    }
    return vchannelsByNode.entrySet().stream()
        .map(entry -> new Owner(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void pause(long pauseMillis, Deadline deadline, RuntimeException cause) {
    Duration pause = Duration.ofMillis(pauseMillis);
    if (deadline.remaining().compareTo(pause) <= 0) {
      throw new SagittaException(
          ErrorCode.TIMEOUT, "request timeout: operation=route: " + cause.getMessage(), cause);
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted: operation=route", e);
    }
  }
}
