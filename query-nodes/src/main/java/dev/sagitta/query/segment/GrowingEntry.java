package dev.sagitta.query.segment;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.engine.segment.SegmentView;
import java.util.ArrayList;
import java.util.List;

/** A segment that takes rows, and how much of it is flushed. Guarded by its vchannel's lock. */
final class GrowingEntry {
  private final GrowingSegment segment;
  private List<AppliedDelete> unflushedDeletes = new ArrayList<>();
  private int cutRows;
  private long nextChunk;
  private long lastAppendNanos = System.nanoTime();

  GrowingEntry(GrowingSegment segment) {
    this.segment = segment;
  }

  GrowingSegment segment() {
    return segment;
  }

  void append(ColumnBatch rows, long timestamp) {
    segment.append(rows, timestamp);
    lastAppendNanos = System.nanoTime();
  }

  void deleted(AppliedDelete delete) {
    unflushedDeletes.add(delete);
  }

  boolean mustSeal(SealPolicy policy) {
    if (segment.rowCount() == 0) {
      return false;
    }
    return policy.all()
        || segment.dataBytes() >= policy.sealBytes()
        || System.nanoTime() - lastAppendNanos >= policy.idleTime().toNanos();
  }

  /** The rows that no chunk has yet; they count as cut from now on. */
  FlushCut.Chunk cutChunk() {
    SegmentView view = segment.acquire();
    FlushCut.Chunk chunk = new FlushCut.Chunk(view, nextChunk, cutRows, view.rowCount());
    nextChunk++;
    cutRows = view.rowCount();
    return chunk;
  }

  boolean hasUncutRows() {
    return segment.rowCount() > cutRows;
  }

  /** The deletes that no flush has yet; they count as cut from now on. */
  List<AppliedDelete> cutDeletes() {
    List<AppliedDelete> cut = unflushedDeletes;
    unflushedDeletes = new ArrayList<>();
    return cut;
  }
}
