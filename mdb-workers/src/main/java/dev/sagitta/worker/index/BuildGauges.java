package dev.sagitta.worker.index;

import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;

/** How far this node's index builds are. */
public final class BuildGauges {
  private BuildGauges() {}

  public static void register(MetricRegistry registry, IndexWorker worker) {
    registry.gauge(
        "sagitta_datanode_index_builds_running",
        "Index builds under way on this node",
        Labels.NONE,
        () -> worker.running().size());
    registry.gauge(
        "sagitta_datanode_index_build_rows_total",
        "Rows of the index builds under way on this node",
        Labels.NONE,
        () -> worker.running().stream().mapToLong(RunningBuild::totalRows).sum());
    registry.gauge(
        "sagitta_datanode_index_build_rows_indexed",
        "Rows of those that are indexed already",
        Labels.NONE,
        () -> worker.running().stream().mapToLong(RunningBuild::indexedRows).sum());
  }
}
