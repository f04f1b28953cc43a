package dev.sagitta.engine.segment;

import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;

/**
 * An index in use by a segment.
 *
 * @param users counts the segment and the views that search it; closes the index and frees its
 *     memory behind the last one
 */
record AttachedIndex(MetricType metric, VectorIndex index, ReferenceCount users)
    implements IndexSet.Attached {
  @Override
  public long sizeInBytes() {
    return index.sizeInBytes();
  }

  static AttachedIndex of(MetricType metric, VectorIndex index, Runnable freeMemory) {
    ReferenceCount users =
        new ReferenceCount(
            () -> {
              index.close();
              freeMemory.run();
            });
    return new AttachedIndex(metric, index, users);
  }
}
