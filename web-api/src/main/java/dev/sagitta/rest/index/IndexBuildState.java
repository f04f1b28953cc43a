package dev.sagitta.rest.index;

import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import java.util.Collection;
import java.util.Optional;

/**
 * How far an index is built, from the catalog. Only sealed segments count: growing ones have no
 * index yet, and small ones are scanned and count as indexed.
 *
 * @param totalRows rows of sealed segments
 * @param indexedRows those of them that need no further build
 * @param failReason why a build failed for good, empty if none did
 */
record IndexBuildState(long totalRows, long indexedRows, String failReason) {
  static IndexBuildState of(
      IndexDescriptor index, Collection<SegmentDescriptor> segments, int minimumRows) {
    long totalRows = 0;
    long indexedRows = 0;
    String failReason = "";
    for (SegmentDescriptor segment : segments) {
      if (segment.state() != SegmentState.SEALED) {
        continue;
      }
      int rows = segment.rowCount();
      totalRows += rows;
      Optional<SegmentIndexDescriptor> built = segment.index(index.id());
      if (rows < minimumRows) {
        indexedRows += rows;
      } else if (built.isPresent() && built.get().fileName().isPresent()) {
        indexedRows += rows;
      } else if (built.isPresent()) {
        failReason = built.get().failReason().orElse("");
      }
    }
    return new IndexBuildState(totalRows, indexedRows, failReason);
  }

  long pendingRows() {
    return totalRows - indexedRows;
  }

  /** Milvus's name of the state. */
  String name() {
    if (!failReason.isEmpty()) {
      return "Failed";
    }
    return pendingRows() == 0 ? "Finished" : "InProgress";
  }
}
