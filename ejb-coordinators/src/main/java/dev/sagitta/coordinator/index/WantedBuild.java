package dev.sagitta.coordinator.index;

import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A sealed segment that has no result yet of an index wanted for its collection. */
record WantedBuild(long collectionId, long segmentId, long indexId) {
  /**
   * All that the catalog wants.
   *
   * @param minimumRows segments with fewer rows get no index
   */
  static Set<WantedBuild> in(CatalogSnapshot snapshot, int minimumRows) {
    Set<WantedBuild> wanted = new LinkedHashSet<>();
    for (CollectionDescriptor collection : snapshot.collections().values()) {
      List<IndexDescriptor> indexes = collection.indexes();
      if (indexes.isEmpty()) {
        continue;
      }
      for (SegmentDescriptor segment : snapshot.segmentsOf(collection.id()).values()) {
        if (segment.state() == SegmentState.SEALED && segment.rowCount() >= minimumRows) {
          indexes.stream()
              .filter(index -> segment.index(index.id()).isEmpty())
              .map(index -> new WantedBuild(collection.id(), segment.id(), index.id()))
              .forEach(wanted::add);
        }
      }
    }
    return wanted;
  }
}
