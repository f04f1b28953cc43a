package dev.sagitta.coordinator.catalog;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the other nodes that the catalog has a new version, so that they read it at once; it is
 * only a hint, they poll anyway. While one round of calls is under way, later versions are told
 * together in the next one.
 */
public final class CatalogNews {
  private static final System.Logger LOG = System.getLogger(CatalogNews.class.getName());
  private static final String SERVICE = "catalog.advanced";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] HEARD = new byte[0];

  private final Cluster cluster;
  private final Catalog catalog;
  private final Executor executor;
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile long told;

  public CatalogNews(Cluster cluster, Catalog catalog, Executor executor) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.executor = requireNonNull(executor, "executor is null");
    cluster.registerService(SERVICE, this::heard);
  }

  /** Catalog listener. */
  public void advanced(CatalogSnapshot snapshot) {
    if (catalog.journal().leadingEpoch().isPresent()
        && cluster.nodeIds().size() > 1
        && telling.compareAndSet(false, true)) {
      try {
        executor.execute(this::tell);
      } catch (RuntimeException e) {
        telling.set(false);
        LOG.log(DEBUG, "catalog news not told: version=" + snapshot.version(), e);
      }
    }
  }

  private void tell() {
    long version;
    try {
      version = catalog.replica().current().version();
      byte[] request = ByteBuffer.allocate(Long.BYTES).putLong(version).array();
      CompletableFuture<?>[] calls =
          cluster.nodeIds().stream()
              .filter(node -> !node.equals(cluster.localNodeId()))
              .map(node -> cluster.call(node, SERVICE, request, Deadline.after(TIMEOUT)))
              .toArray(CompletableFuture<?>[]::new);
      var _ = CompletableFuture.allOf(calls).exceptionally(failure -> null).join();
      told = version;
    } finally {
      telling.set(false);
    }
    CatalogSnapshot newest = catalog.replica().current();
    if (newest.version() > told) {
      advanced(newest);
    }
  }

  private byte[] heard(byte[] request) {
    if (ByteBuffer.wrap(request).getLong() > catalog.replica().current().version()) {
      catalog.poll();
    }
    return HEARD;
  }
}
