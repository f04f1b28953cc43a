package dev.sagitta.coordinator.leader;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.catalog.NotLeaderException;
import dev.sagitta.coordinator.catalog.Pause;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.cluster.NodeUnavailableException;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the leader answer a request: here, in the caller's thread, when this node leads, else over
 * the cluster. While no leader is known, and when the one that was asked leads no more or dies, it
 * asks again until the deadline. A request whose answer was lost is so carried out twice; handlers
 * must bear that.
 *
 * <p>On the wire a request is the time it may take (8 bytes, big-endian milliseconds) and its body;
 * an answer is the catalog's version at the leader (8 bytes) and its body.
 */
public final class LeaderCalls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

  private final Cluster cluster;
  private final Leadership leadership;
  private final CatalogFollower catalog;
  private final Pause pause;
  private final Map<String, LeaderHandler> handlers = new ConcurrentHashMap<>();

  public LeaderCalls(Cluster cluster, Leadership leadership, CatalogFollower catalog, Pause pause) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.leadership = requireNonNull(leadership, "leadership is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  /** Registers what answers {@code service} while this node leads. */
  public void register(String service, LeaderHandler handler) {
    requireNonNull(handler, "handler is null");
    cluster.registerService(service, request -> answerRemote(handler, request));
    handlers.put(service, handler);
  }

  /**
   * Has the request answered; when it returns, this node's catalog shows the request's effect.
   *
   * @throws SagittaException the handler's, or code SERVICE_NOT_READY if no leader was found before
   *     the deadline, or TIMEOUT
   */
  public byte[] call(String service, byte[] request, Deadline deadline) {
    Answer answer = ask(service, request, deadline);
    var _ = catalog.awaitVersion(answer.version(), deadline);
    return answer.body();
  }

  /** As {@link #call}, without waiting for this node's catalog. */
  public byte[] callWithoutCatalog(String service, byte[] request, Deadline deadline) {
    return ask(service, request, deadline).body();
  }

  private Answer ask(String service, byte[] request, Deadline deadline) {
    Duration wait = FIRST_PAUSE;
    String reason = "no leader is known";
    while (true) {
      Optional<String> leader = leadership.leader();
      if (leader.isPresent()) {
        try {
          return askNode(leader.get(), service, request, deadline);
        } catch (NodeUnavailableException e) {
          reason = e.getMessage();
        } catch (SagittaException e) {
          if (e.errorCode() != ErrorCode.SERVICE_NOT_READY) {
            throw e;
          }
          reason = e.getMessage();
        }
      }
      if (deadline.remaining().compareTo(wait) <= 0) {
        throw new SagittaException(
            ErrorCode.SERVICE_NOT_READY,
            "no leader answered: service=" + service + " reason=" + reason);
      }
      pause.pause(wait);
      wait = wait.compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private Answer askNode(String leader, String service, byte[] request, Deadline deadline) {
    if (leader.equals(cluster.localNodeId())) {
      LeaderHandler handler = handlers.get(service);
      if (handler == null) {
        throw new NotLeaderException("service is not registered yet: service=" + service);
      }
      byte[] body = handler.answer(request, deadline);
      return new Answer(catalog.current().version(), body);
    }
    byte[] message = withPrefix(deadline.remaining().toMillis(), request);
    byte[] reply =
        DeadlineWait.result(cluster.call(leader, service, message, deadline), deadline, service);
    ByteBuffer buffer = ByteBuffer.wrap(reply);
    long version = buffer.getLong();
    return new Answer(version, rest(buffer));
  }

  private byte[] answerRemote(LeaderHandler handler, byte[] message) {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    Deadline deadline = Deadline.after(Duration.ofMillis(buffer.getLong()));
    byte[] body = handler.answer(rest(buffer), deadline);
    return withPrefix(catalog.current().version(), body);
  }

  private static byte[] withPrefix(long prefix, byte[] body) {
    return ByteBuffer.allocate(Long.BYTES + body.length).putLong(prefix).put(body).array();
  }

  private static byte[] rest(ByteBuffer buffer) {
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return rest;
  }

  private record Answer(long version, byte[] body) {}
}
