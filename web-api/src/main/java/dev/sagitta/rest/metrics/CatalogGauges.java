package dev.sagitta.rest.metrics;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the catalog says about collections, segments and indexes, as gauges with Milvus's names. */
public final class CatalogGauges {
  private final CatalogFollower catalog;
  private final int indexMinimumRows;

  private CatalogGauges(CatalogFollower catalog, int indexMinimumRows) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.indexMinimumRows = indexMinimumRows;
  }

  /**
   * Registers the gauges.
   *
   * @param indexMinimumRows segments with fewer rows get no index
   */
  public static void register(
      MetricRegistry registry, CatalogFollower catalog, int indexMinimumRows) {
    CatalogGauges gauges = new CatalogGauges(catalog, indexMinimumRows);
    gauges.registerDefinitions(registry);
    gauges.registerSegments(registry);
  }

  private void registerDefinitions(MetricRegistry registry) {
    gauge(
        registry,
        "milvus_rootcoord_database_num",
        "Databases",
        Labels.NONE,
        snapshot -> snapshot.databases().size());
    gauge(
        registry,
        "milvus_rootcoord_collection_num",
        "Collections",
        Labels.NONE,
        snapshot -> snapshot.collections().size());
    gauge(
        registry,
        "milvus_rootcoord_partition_num",
        "Partitions",
        Labels.NONE,
        snapshot ->
            snapshot.collections().values().stream()
                .mapToInt(collection -> collection.partitions().size())
                .sum());
    gauge(
        registry,
        "milvus_querycoord_collection_num",
        "Collections that are loaded",
        Labels.NONE,
        snapshot ->
            snapshot.collections().values().stream()
                .filter(
                    collection -> collection.loaded() || !collection.loadedPartitions().isEmpty())
                .count());
  }

  private void registerSegments(MetricRegistry registry) {
    for (SegmentState state : SegmentState.values()) {
      String name = state == SegmentState.GROWING ? "Growing" : "Sealed";
      gauge(
          registry,
          "milvus_datacoord_segment_num",
          "Segments by state",
          Labels.of("segment_state", name),
          snapshot -> segments(snapshot).filter(segment -> segment.state() == state).count());
    }
    gauge(
        registry,
        "milvus_datacoord_stored_rows_num",
        "Rows in the object store",
        Labels.NONE,
        snapshot -> segments(snapshot).mapToLong(SegmentDescriptor::rowCount).sum());
    gauge(
        registry,
        "milvus_datacoord_stored_binlog_size",
        "Bytes of binlogs in the object store",
        Labels.NONE,
        snapshot -> segments(snapshot).mapToLong(SegmentDescriptor::sizeInBytes).sum());
    gauge(
        registry,
        "milvus_datacoord_stored_index_files_size",
        "Bytes of index files in the object store",
        Labels.NONE,
        snapshot ->
            segments(snapshot)
                .flatMap(segment -> segment.indexes().stream())
                .mapToLong(SegmentIndexDescriptor::sizeInBytes)
                .sum());
    gauge(
        registry,
        "milvus_datacoord_index_task_count",
        "Index builds by state",
        Labels.of("index_task_status", "unissued_or_in_progress"),
        this::pendingBuilds);
  }

  private double pendingBuilds(CatalogSnapshot snapshot) {
    long pending = 0;
    for (CollectionDescriptor collection : snapshot.collections().values()) {
      for (IndexDescriptor index : collection.chosenIndexes()) {
        pending += segmentsWithout(index, snapshot.segmentsOf(collection.id()).values());
      }
    }
    return pending;
  }

  private long segmentsWithout(IndexDescriptor index, Collection<SegmentDescriptor> segments) {
    return segments.stream()
        .filter(segment -> segment.state() == SegmentState.SEALED)
        .filter(segment -> segment.rowCount() >= indexMinimumRows)
        .filter(segment -> segment.index(index.id()).isEmpty())
        .count();
  }

  private static Stream<SegmentDescriptor> segments(CatalogSnapshot snapshot) {
    return snapshot.segments().values().stream().map(Map::values).flatMap(Collection::stream);
  }

  private void gauge(
      MetricRegistry registry,
      String name,
      String help,
      Labels labels,
      ToDoubleFunction<CatalogSnapshot> value) {
    registry.gauge(name, help, labels, () -> value.applyAsDouble(catalog.current()));
  }
}
