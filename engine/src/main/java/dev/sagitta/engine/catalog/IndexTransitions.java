package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wanted indexes of a collection. */
final class IndexTransitions {
  private IndexTransitions() {}

  static CatalogSnapshot create(CatalogSnapshot snapshot, CatalogChange.IndexCreated change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    IndexDescriptor created = change.index();
    Optional<FieldSchema> field = collection.schema().field(created.fieldId());
    require(field.isPresent(), "no such field", change);
    // Of a JSON field, several paths may be indexed.
    require(
        field.get().type() == DataType.JSON || collection.indexOfField(created.fieldId()).isEmpty(),
        "field has an index",
        change);
    require(collection.index(created.name()).isEmpty(), "index name is taken", change);
    require(
        collection.indexes().stream().noneMatch(index -> index.id() == created.id()),
        "index id is taken",
        change);
    List<IndexDescriptor> indexes = new ArrayList<>(collection.indexes());
    indexes.add(created);
    return snapshot.withCollection(collection.withIndexes(indexes));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.IndexDropped change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    List<IndexDescriptor> indexes = new ArrayList<>(collection.indexes());
    require(
        indexes.removeIf(index -> index.id() == change.indexId()), "index does not exist", change);
    Map<Long, SegmentDescriptor> segments = new HashMap<>(snapshot.segmentsOf(collection.id()));
    segments.replaceAll((id, segment) -> withoutIndex(segment, change.indexId()));
    return snapshot
        .withCollection(collection.withIndexes(indexes))
        .withSegmentsOf(collection.id(), Collections.unmodifiableMap(segments));
  }

  static CatalogSnapshot setProperties(
      CatalogSnapshot snapshot, CatalogChange.IndexPropertiesSet change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    List<IndexDescriptor> indexes = new ArrayList<>();
    boolean found = false;
    for (IndexDescriptor index : collection.indexes()) {
      boolean changed = index.id() == change.indexId();
      found |= changed;
      indexes.add(
          changed
              ? index.withUserParameters(
                  MapCopies.merged(
                      index.userParameters(), change.properties(), change.removedKeys()))
              : index);
    }
    require(found, "index does not exist", change);
    return snapshot.withCollection(collection.withIndexes(indexes));
  }

  private static SegmentDescriptor withoutIndex(SegmentDescriptor segment, long indexId) {
    if (segment.index(indexId).isEmpty()) {
      return segment;
    }
    return segment.withIndexes(
        segment.indexes().stream().filter(index -> index.indexId() != indexId).toList());
  }
}
