package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happens to segments after their rows were flushed. */
final class SegmentTransitions {
  private SegmentTransitions() {}

  static CatalogSnapshot index(CatalogSnapshot snapshot, CatalogChange.SegmentIndexed change) {
    Map<Long, SegmentDescriptor> segments = snapshot.segmentsOf(change.collectionId());
    SegmentDescriptor segment = segments.get(change.segmentId());
    long indexId = change.index().indexId();
    if (segment == null || segment.index(indexId).isPresent()) {
      return snapshot;
    }
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    if (collection.indexes().stream().noneMatch(index -> index.id() == indexId)) {
      return snapshot;
    }
    require(segment.state() == SegmentState.SEALED, "segment is not sealed", change);
    List<SegmentIndexDescriptor> indexes = new ArrayList<>(segment.indexes());
    indexes.add(change.index());
    return snapshot.withSegmentsOf(
        change.collectionId(),
        MapCopies.with(segments, segment.id(), segment.withIndexes(indexes)));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.SegmentsDropped change) {
    collection(snapshot, change.collectionId(), change);
    Map<Long, SegmentDescriptor> segments =
        new HashMap<>(snapshot.segmentsOf(change.collectionId()));
    segments.keySet().removeAll(change.segmentIds());
    return snapshot.withSegmentsOf(change.collectionId(), Collections.unmodifiableMap(segments));
  }

  static CatalogSnapshot truncate(
      CatalogSnapshot snapshot, CatalogChange.CollectionTruncated change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    require(
        change.timestamp() > collection.truncatedTimestamp(),
        "timestamp is not above the last truncation's",
        change);
    Map<Long, SegmentDescriptor> segments = new HashMap<>(snapshot.segmentsOf(collection.id()));
    segments.values().removeIf(segment -> segment.isExpired(change.timestamp()));
    return snapshot
        .withCollection(collection.withTruncation(change.timestamp()))
        .withSegmentsOf(collection.id(), Collections.unmodifiableMap(segments));
  }
}
