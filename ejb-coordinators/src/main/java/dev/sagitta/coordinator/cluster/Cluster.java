package dev.sagitta.coordinator.cluster;

import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The processes that serve one database together, and calls between them. A node id is one
 * incarnation of a process: it is never used again after the process ends.
 */
public interface Cluster {
  String localNodeId();

  /** Ids of the living nodes, oldest first. */
  List<String> nodeIds();

  /** {@code host:port} where other processes may join this node; empty while nobody can. */
  default Optional<String> listeningAddress() {
    return Optional.empty();
  }

  default boolean isAlive(String nodeId) {
    return nodeIds().contains(nodeId);
  }

  /**
   * Registers what answers calls to {@code service} on this node. The handler runs on a pool
   * thread; a {@link dev.sagitta.engine.error.SagittaException} that it throws reaches the caller
   * with its code, any other one as INTERNAL.
   */
  void registerService(String service, Function<byte[], byte[]> handler);

  /**
   * Calls a service of a node (of this node too, without the network). The future fails with {@link
   * NodeUnavailableException} if the node is gone or goes before it answers, and with a
   * SagittaException of code TIMEOUT when the deadline passes.
   */
  CompletableFuture<byte[]> call(String nodeId, String service, byte[] request, Deadline deadline);

  /** Called after members joined or left, on a thread of the cluster; must return quickly. */
  void addMembershipListener(Runnable listener);
}
