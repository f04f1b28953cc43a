package dev.sagitta.query.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.VchannelRouter;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the owners of a collection's vchannels how much of it they serve. */
public final class ClusterLoadProgress implements LoadProgress {
  private static final System.Logger LOGGER = System.getLogger(ClusterLoadProgress.class.getName());
  private static final String SERVICE = "load-progress";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final CatalogFollower catalog;
  private final VchannelRouter router;
  private final SegmentLoader loader;

  public ClusterLoadProgress(
      Cluster cluster, CatalogFollower catalog, VchannelRouter router, SegmentLoader loader) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.router = requireNonNull(router, "router is null");
    this.loader = requireNonNull(loader, "loader is null");
  }

  /** Begins to answer other nodes. */
  public void start() {
    cluster.registerService(
        SERVICE,
        request -> {
          long collectionId = Long.parseLong(new String(request, UTF_8));
          return ByteBuffer.allocate(Integer.BYTES).putInt(localPercentage(collectionId)).array();
        });
  }

  /** Partitions are loaded with their collection's vchannels: the percentage is that of all. */
  @Override
  public int loadedPercent(long collectionId, Set<Long> partitionIds) {
    Optional<CollectionDescriptor> collection = catalog.current().collection(collectionId);
    if (collection.isEmpty()) {
      return 0;
    }
    Deadline deadline = Deadline.after(PATIENCE);
    try {
      Map<String, String> owners =
          router.ownersAt(collection.get().vchannels(), Long.MIN_VALUE, deadline);
      int lowest = 100;
      for (String node : new HashSet<>(owners.values())) {
        lowest = Math.min(lowest, percentageOf(node, collectionId, deadline));
      }
      return lowest;
    } catch (RuntimeException e) {
      LOGGER.log(
          Level.WARNING,
          "load progress is not known: collectionId={0} reason={1}",
          collectionId,
          e.getMessage());
      return 0;
    }
  }

  private int percentageOf(String node, long collectionId, Deadline deadline) {
    if (node.equals(cluster.localNodeId())) {
      return localPercentage(collectionId);
    }
    byte[] request = Long.toString(collectionId).getBytes(UTF_8);
    return ByteBuffer.wrap(
            DeadlineWait.result(cluster.call(node, SERVICE, request, deadline), deadline, SERVICE))
        .getInt();
  }

  private int localPercentage(long collectionId) {
    return loader.progress(collectionId).percentage();
  }
}
