package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.data.DataCoordinator;
import dev.sagitta.query.barrier.BarrierResponder;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.segment.SegmentHolder;
import java.util.concurrent.ExecutorService;

/**
 * What the data worker works with.
 *
 * @param flushExecutor runs flushes, and the writes of their files; tasks wait for tasks, so it
 *     must not be bounded by few threads with a queue (a pool that grows, or virtual threads)
 */
public record DataWorkerServices(
    String nodeId,
    CatalogFollower catalog,
    DataCoordinator dataCoordinator,
    ObjectStoreConnectionFactory store,
    SegmentHolder holder,
    BarrierResponder responder,
    ExecutorService flushExecutor,
    NodeMetrics metrics,
    DataWorkerSettings settings) {
  public DataWorkerServices {
    requireNonNull(nodeId, "nodeId is null");
    requireNonNull(catalog, "catalog is null");
    requireNonNull(dataCoordinator, "dataCoordinator is null");
    requireNonNull(store, "store is null");
    requireNonNull(holder, "holder is null");
    requireNonNull(responder, "responder is null");
    requireNonNull(flushExecutor, "flushExecutor is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(settings, "settings is null");
  }
}
