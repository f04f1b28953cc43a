package dev.sagitta.query.fakes;

import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.cluster.NodeUnavailableException;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Nodes of one process that call each other on the caller's thread. */
public final class FakeCluster {
  private final List<String> alive = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, Function<byte[], byte[]>>> services =
      new ConcurrentHashMap<>();

  public Cluster join(String nodeId) {
    alive.add(nodeId);
    services.put(nodeId, new ConcurrentHashMap<>());
    return new Member(nodeId);
  }

  public void kill(String nodeId) {
    alive.remove(nodeId);
  }

  private final class Member implements Cluster {
    private final String nodeId;

    Member(String nodeId) {
      this.nodeId = nodeId;
    }

    @Override
    public String localNodeId() {
      return nodeId;
    }

    @Override
    public List<String> nodeIds() {
      return List.copyOf(alive);
    }

    @Override
    public void registerService(String service, Function<byte[], byte[]> handler) {
      services.get(nodeId).put(service, handler);
    }

    @Override
    public CompletableFuture<byte[]> call(
        String target, String service, byte[] request, Deadline deadline) {
      if (!alive.contains(target) || !alive.contains(nodeId)) {
        return CompletableFuture.failedFuture(
            new NodeUnavailableException("node is gone: node=" + target));
      }
      try {
        return CompletableFuture.completedFuture(
            services.get(target).get(service).apply(request.clone()));
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void addMembershipListener(Runnable listener) {}
  }
}
