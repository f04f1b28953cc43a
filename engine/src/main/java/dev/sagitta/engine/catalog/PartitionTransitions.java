package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partitions of a collection. */
final class PartitionTransitions {
  private PartitionTransitions() {}

  static CatalogSnapshot create(CatalogSnapshot snapshot, CatalogChange.PartitionCreated change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    PartitionDescriptor created = change.partition();
    require(collection.partition(created.id()).isEmpty(), "partition id is taken", change);
    require(collection.partition(created.name()).isEmpty(), "partition name is taken", change);
    List<PartitionDescriptor> partitions = new ArrayList<>(collection.partitions());
    partitions.add(created);
    Set<Long> loadedPartitions = new HashSet<>(collection.loadedPartitions());
    if (collection.loaded()) {
      loadedPartitions.add(created.id());
    }
    return snapshot.withCollection(collection.withPartitions(partitions, loadedPartitions));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.PartitionDropped change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    require(
        collection.partition(change.partitionId()).isPresent(), "partition does not exist", change);
    List<PartitionDescriptor> partitions = new ArrayList<>(collection.partitions());
    partitions.removeIf(partition -> partition.id() == change.partitionId());
    Set<Long> loadedPartitions = new HashSet<>(collection.loadedPartitions());
    loadedPartitions.remove(change.partitionId());
    Map<Long, SegmentDescriptor> segments = new HashMap<>(snapshot.segmentsOf(collection.id()));
    segments.values().removeIf(segment -> segment.partitionId() == change.partitionId());
    return snapshot
        .withCollection(collection.withPartitions(partitions, loadedPartitions))
        .withSegmentsOf(collection.id(), Collections.unmodifiableMap(segments));
  }
}
