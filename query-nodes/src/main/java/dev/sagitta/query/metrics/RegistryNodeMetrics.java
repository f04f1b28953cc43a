package dev.sagitta.query.metrics;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.metrics.Counter;
import dev.sagitta.engine.metrics.Histogram;
import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import java.time.Duration;

/** Records a node's work in a registry, under Milvus's names where it has one. */
public final class RegistryNodeMetrics implements NodeMetrics {
  private static final String BUILDS = "milvus_datanode_index_task_count";
  private static final String BUILDS_HELP = "Index builds by outcome";

  private final MetricRegistry registry;
  private final Histogram searchLatency;
  private final Histogram queryLatency;
  private final Histogram flushLatency;
  private final Histogram loadLatency;
  private final Counter rejectedReads;
  private final Counter insertedRows;
  private final Counter deletedRows;
  private final Counter flushedBytes;
  private final Counter flushes;
  private final Counter failedFlushes;
  private final Counter failedLoads;

  public RegistryNodeMetrics(MetricRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    searchLatency = readLatency("search");
    queryLatency = readLatency("query");
    flushLatency =
        registry.histogram("milvus_datanode_save_latency", "Milliseconds of flushes", Labels.NONE);
    loadLatency =
        registry.histogram(
            "milvus_querynode_load_segment_latency",
            "Milliseconds of loads of sealed segments",
            Labels.NONE);
    rejectedReads =
        counter("milvus_querynode_read_task_rejected_count", "Reads refused: too many ran");
    insertedRows =
        counter("milvus_datanode_consume_insert_rows_count", "Rows applied from the log");
    deletedRows = counter("milvus_datanode_consume_delete_rows_count", "Deletes applied");
    flushedBytes = counter("milvus_datanode_flushed_data_size", "Bytes of flushed files");
    flushes = flushOutcome("success");
    failedFlushes = flushOutcome("fail");
    failedLoads = counter("milvus_querynode_load_segment_fail_count", "Loads that failed");
  }

  @Override
  public void searched(long collectionId, int queryCount, Duration latency) {
    searchLatency.observe(millis(latency));
  }

  @Override
  public void retrieved(long collectionId, Duration latency) {
    queryLatency.observe(millis(latency));
  }

  @Override
  public void readRejected() {
    rejectedReads.increment();
  }

  @Override
  public void rowsApplied(int inserted, int deleted) {
    insertedRows.add(inserted);
    deletedRows.add(deleted);
  }

  @Override
  public void flushed(int rows, long bytes, Duration latency) {
    flushes.increment();
    flushedBytes.add(bytes);
    flushLatency.observe(millis(latency));
  }

  @Override
  public void flushFailed() {
    failedFlushes.increment();
  }

  @Override
  public void segmentLoaded(Duration latency) {
    loadLatency.observe(millis(latency));
  }

  @Override
  public void segmentLoadFailed() {
    failedLoads.increment();
  }

  @Override
  public void indexBuilt(String indexType, int rows, Duration latency) {
    registry.counter(BUILDS, BUILDS_HELP, Labels.of("status", "success")).increment();
    registry
        .histogram(
            "milvus_datanode_build_index_latency",
            "Milliseconds of index builds",
            Labels.of("index_type", indexType))
        .observe(millis(latency));
  }

  @Override
  public void indexBuildFailed(String indexType) {
    registry.counter(BUILDS, BUILDS_HELP, Labels.of("status", "fail")).increment();
  }

  private Histogram readLatency(String kind) {
    return registry.histogram(
        "milvus_querynode_sq_req_latency",
        "Milliseconds of searches and queries on this node",
        Labels.of("query_type", kind));
  }

  private Counter flushOutcome(String status) {
    return registry.counter(
        "milvus_datanode_flush_buffer_op_count", "Flushes", Labels.of("status", status));
  }

  private Counter counter(String name, String help) {
    return registry.counter(name, help, Labels.NONE);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
