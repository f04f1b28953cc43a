package dev.sagitta.engine.segment;

import dev.sagitta.engine.index.GrowingVectorIndex;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;
import java.util.concurrent.atomic.LongAdder;

/**
 * An index in use by a segment.
 *
 * @param scannedRows how many rows searches compared because the index lacked them
 * @param users counts the segment and the views that search it; closes the index and frees its
 *     memory behind the last one
 */
record AttachedIndex(
    MetricType metric, VectorIndex index, LongAdder scannedRows, ReferenceCount users)
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
    return new AttachedIndex(metric, index, new LongAdder(), users);
  }

  /** How many of a growing segment's rows it lacks that have been scanned often enough. */
  int rowsWorthIndexing(int rowCount) {
    if (!(index instanceof GrowingVectorIndex growing)) {
      return 0;
    }
    int scansPerRow = growing.scannedRowsPerAppend();
    long rowsPaidFor = scansPerRow == 0 ? rowCount : scannedRows.sum() / scansPerRow;
    return (int) Math.max(0, Math.min(rowCount, rowsPaidFor) - growing.rowCount());
  }
}
