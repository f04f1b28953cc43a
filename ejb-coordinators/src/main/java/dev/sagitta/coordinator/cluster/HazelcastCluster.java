package dev.sagitta.coordinator.cluster;

import static java.lang.System.Logger.Level.INFO;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The cluster as a Hazelcast instance of our own sees it. Until {@link #start} has returned, this
 * node is alone: calls to itself work, others fail. After {@link #stop} it is gone for good.
 */
public final class HazelcastCluster implements Cluster {
  private static final System.Logger LOG = System.getLogger(HazelcastCluster.class.getName());

  private final String nodeId;
  private final ClusterSettings settings;
  private final Executor executor;
  private final CallServices services = new CallServices(HazelcastCluster.class.getClassLoader());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<HazelcastInstance> instance = Optional.empty();
  private volatile Map<String, Member> members = Map.of();
  private volatile List<String> nodeIds;

  /**
   * @param nodeId id of this incarnation of the process, never used before
   * @param executor runs handlers of calls that this node makes to itself
   */
  public HazelcastCluster(String nodeId, ClusterSettings settings, Executor executor) {
    this.nodeId = requireNonNull(nodeId, "nodeId is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.executor = requireNonNull(executor, "executor is null");
    this.nodeIds = List.of(nodeId);
  }

  /** Opens the port and joins the others; takes about a second. */
  public synchronized void start() {
    if (instance.isPresent()) {
      throw new IllegalStateException("cluster is started already: node=" + nodeId);
    }
    long begin = System.nanoTime();
    Config config = HazelcastConfiguration.create(settings, nodeId);
    config.getUserContext().put(CallTask.SERVICES, services);
    config.addListenerConfig(new ListenerConfig(new MembershipChange()));
    HazelcastInstance started = Hazelcast.newHazelcastInstance(config);
    instance = Optional.of(started);
    refreshMembers();
    LOG.log(
        INFO,
        "cluster joined: node={0} address={1} nodes={2} milliseconds={3}",
        nodeId,
        started.getCluster().getLocalMember().getAddress(),
        nodeIds.size(),
        NANOSECONDS.toMillis(System.nanoTime() - begin));
  }

  /** Whether this node has joined, so that {@link #nodeIds} can be believed. */
  public boolean started() {
    return instance.isPresent();
  }

  /** Leaves the cluster. */
  public synchronized void stop() {
    Optional<HazelcastInstance> stopped = instance;
    instance = Optional.empty();
    stopped.ifPresent(HazelcastInstance::shutdown);
  }

  /** The port this node listens on, when started. */
  public Optional<ClusterSettings.Address> listening() {
    return instance.map(
        started -> {
          com.hazelcast.cluster.Address address =
              started.getCluster().getLocalMember().getAddress();
          return new ClusterSettings.Address(address.getHost(), address.getPort());
        });
  }

  @Override
  public Optional<String> listeningAddress() {
    return listening().map(address -> address.host() + ":" + address.port());
  }

  @Override
  public String localNodeId() {
    return nodeId;
  }

  @Override
  public List<String> nodeIds() {
    return nodeIds;
  }

  @Override
  public void registerService(String service, Function<byte[], byte[]> handler) {
    services.register(service, handler);
  }

  @Override
  public void addMembershipListener(Runnable listener) {
    listeners.add(requireNonNull(listener, "listener is null"));
  }

  @Override
  public CompletableFuture<byte[]> call(
      String calledNodeId, String service, byte[] request, Deadline deadline) {
    CompletableFuture<byte[]> reply = new CompletableFuture<>();
    try {
      if (calledNodeId.equals(nodeId)) {
        executor.execute(() -> answerLocally(service, request, reply));
      } else {
        callMember(calledNodeId, service, request, reply);
      }
    } catch (RuntimeException e) {
      reply.completeExceptionally(unavailable(calledNodeId, e));
    }
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    // orTimeout forgets its timer when the reply comes first; a plain delayed task would stay.
    var _ =
        reply
            .orTimeout(deadline.remaining().toNanos(), NANOSECONDS)
            .whenComplete((answer, failure) -> complete(result, answer, failure, service));
    return result;
  }

  private void answerLocally(String service, byte[] request, CompletableFuture<byte[]> reply) {
    try {
      reply.complete(services.handle(service, request));
    } catch (SagittaException e) {
      reply.completeExceptionally(e);
    }
  }

  private void callMember(
      String calledNodeId, String service, byte[] request, CompletableFuture<byte[]> reply) {
    Member member = members.get(calledNodeId);
    Optional<HazelcastInstance> running = instance;
    if (member == null || running.isEmpty()) {
      throw new NodeUnavailableException("node is not in the cluster: node=" + calledNodeId);
    }
    running
        .get()
        .getExecutorService(HazelcastConfiguration.EXECUTOR)
        .submitToMember(
            new CallTask(service, request),
            member,
            new ExecutionCallback<byte[]>() {
              @Override
              public void onResponse(byte[] response) {
                try {
                  reply.complete(CallReply.decode(response));
                } catch (SagittaException e) {
                  reply.completeExceptionally(e);
                }
              }

              @Override
              public void onFailure(Throwable failure) {
                reply.completeExceptionally(unavailable(calledNodeId, failure));
              }
            });
  }

  private static RuntimeException unavailable(String calledNodeId, Throwable cause) {
    return cause instanceof NodeUnavailableException already
        ? already
        : new NodeUnavailableException(
            "node did not answer: node=" + calledNodeId + " reason=" + cause, cause);
  }

  private static void complete(
      CompletableFuture<byte[]> result, byte[] answer, Throwable failure, String service) {
    if (failure == null) {
      result.complete(answer);
    } else if (failure instanceof TimeoutException) {
      result.completeExceptionally(
          new SagittaException(ErrorCode.TIMEOUT, "request timeout: service=" + service, failure));
    } else {
      result.completeExceptionally(failure);
    }
  }

  private void refreshMembers() {
    Optional<HazelcastInstance> running = instance;
    if (running.isEmpty()) {
      return;
    }
    Map<String, Member> known = new LinkedHashMap<>();
    // Hazelcast's set is ordered by the time of joining.
    for (Member member : running.get().getCluster().getMembers()) {
      String id = member.getAttribute(HazelcastConfiguration.NODE_ID_ATTRIBUTE);
      if (id != null) {
        known.put(id, member);
      }
    }
    members = Map.copyOf(known);
    nodeIds = List.copyOf(known.keySet());
    listeners.forEach(Runnable::run);
  }

  private final class MembershipChange implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      changed(event, "node joined");
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      changed(event, "node left");
    }

    private void changed(MembershipEvent event, String what) {
      LOG.log(
          INFO,
          "{0}: node={1} nodes={2}",
          what,
          event.getMember().getAttribute(HazelcastConfiguration.NODE_ID_ATTRIBUTE),
          event.getMembers().size());
      refreshMembers();
    }
  }
}
