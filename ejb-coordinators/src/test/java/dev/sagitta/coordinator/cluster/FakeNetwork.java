package dev.sagitta.coordinator.cluster;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Clusters in one process: calls run in the caller's thread; nodes come, go and lose each other.
 */
public final class FakeNetwork {
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** A new node, younger than all others. */
  public Node join(String nodeId) {
    Node node = new Node(nodeId);
    nodes.add(node);
    changed();
    return node;
  }

  /** The node dies: it is seen no more and answers no more. */
  public void kill(String nodeId) {
    nodes.removeIf(node -> node.nodeId.equals(nodeId));
    changed();
  }

  /** Calls between different nodes so far. */
  public int calls() {
    return calls.get();
  }

  private void changed() {
    nodes.forEach(node -> node.listeners.forEach(Runnable::run));
  }

  /** One node's view. */
  public final class Node implements Cluster {
    private final String nodeId;
    private final CallServices services = new CallServices(FakeNetwork.class.getClassLoader());
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, Boolean> unseen = new ConcurrentHashMap<>();

    private Node(String nodeId) {
      this.nodeId = nodeId;
    }

    /** This node believes that the other one is gone. */
    public void loseSightOf(String otherId) {
      unseen.put(otherId, true);
      listeners.forEach(Runnable::run);
    }

    @Override
    public String localNodeId() {
      return nodeId;
    }

    @Override
    public List<String> nodeIds() {
      List<String> seen =
          nodes.stream().map(node -> node.nodeId).filter(id -> !unseen.containsKey(id)).toList();
      return seen.isEmpty() ? List.of(nodeId) : seen;
    }

    @Override
    public void registerService(String service, Function<byte[], byte[]> handler) {
      services.register(service, handler);
    }

    @Override
    public CompletableFuture<byte[]> call(
        String calledNodeId, String service, byte[] request, Deadline deadline) {
      if (deadline.hasPassed()) {
        return CompletableFuture.failedFuture(
            new SagittaException(ErrorCode.TIMEOUT, "request timeout: service=" + service));
      }
      if (!calledNodeId.equals(nodeId)) {
        calls.incrementAndGet();
      }
      for (Node node : nodes) {
        if (node.nodeId.equals(calledNodeId) && nodeIds().contains(calledNodeId)) {
          return answer(node, service, request);
        }
      }
      return CompletableFuture.failedFuture(
          new NodeUnavailableException("node is not in the cluster: node=" + calledNodeId));
    }

    private CompletableFuture<byte[]> answer(Node node, String service, byte[] request) {
      try {
        byte[] reply = CallReply.decode(node.services.answer(service, request));
        return nodes.contains(node)
            ? CompletableFuture.completedFuture(reply)
            : CompletableFuture.failedFuture(
                new NodeUnavailableException("node left before it answered"));
      } catch (SagittaException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void addMembershipListener(Runnable listener) {
      listeners.add(listener);
    }
  }
}
