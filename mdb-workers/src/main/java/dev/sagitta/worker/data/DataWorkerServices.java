package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.data.DataCoordinator;
import dev.sagitta.query.barrier.BarrierResponder;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.segment.SegmentHolder;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the data worker works with.
 *
 * @param flushExecutor runs flushes; they wait for the store and for {@code puts}
 * @param puts runs the puts of a flush's files, a few at a time; not the same bounded pool as
 *     {@code flushExecutor}, whose tasks wait for these
 * @param temporaryDirectory existing directory for files on their way to the store
 */
public record DataWorkerServices(
    String nodeId,
    CatalogFollower catalog,
    DataCoordinator dataCoordinator,
    ObjectStoreConnectionFactory store,
    SegmentHolder holder,
    BarrierResponder responder,
    Executor flushExecutor,
    Executor puts,
    Path temporaryDirectory,
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
    requireNonNull(puts, "puts is null");
    requireNonNull(temporaryDirectory, "temporaryDirectory is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(settings, "settings is null");
  }
}
