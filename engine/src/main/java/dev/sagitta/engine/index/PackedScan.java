package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.graph.ScratchPool;
import java.lang.foreign.MemorySegment;

/** One query's pass over rows of one width: runs of rows in order, others four at a time. */
final class PackedScan {
  private static final int GROUP = 4;

  /**
   * Rows that one call of a kernel compares. Kernels read them in several streams, which are the
   * faster the longer they are.
   */
  private static final int RUN = 512;

  private static final ScratchPool<float[]> RUN_SCORES = new ScratchPool<>(() -> new float[RUN]);

  private static final float[] NO_SCORES = {};
  private static final int[] NO_ROWS = {};
  private static final long[] NO_OFFSETS = {};

  private final PackedVectorColumn vectors;
  private final boolean mayHaveNulls;
  private final boolean inOrder;
  private final int vectorBytes;
  private final RowComparison comparison;
  private final ScoreRange range;
  private final TopRows results;

  private final float[] scores;
  private final int[] rows;
  private final long[] offsets;
  private int pending;
  private MemorySegment block;

  /**
   * @param selective whether not all rows of the column are compared
   */
  PackedScan(
      PackedVectorColumn vectors,
      boolean selective,
      RowComparison comparison,
      ScoreRange range,
      TopRows results) {
    this.vectors = vectors;
    this.mayHaveNulls = vectors.mayHaveNulls();
    this.inOrder = !selective && !mayHaveNulls;
    this.scores = inOrder ? NO_SCORES : new float[GROUP];
    this.rows = inOrder ? NO_ROWS : new int[GROUP];
    this.offsets = inOrder ? NO_OFFSETS : new long[GROUP];
    this.vectorBytes = vectors.vectorBytes();
    this.comparison = comparison;
    this.range = range;
    this.results = results;
  }

  /**
   * Compares the rows {@code fromRow} to {@code toRow - 1}, which lie in one block. Some may wait
   * until more come or {@link #finishBlock()} is called.
   *
   * @param allowed rows that count, or null for all; not null only if selective
   */
  void scan(int fromRow, int toRow, RowBitmap allowed) {
    block = vectors.blockOf(fromRow);
    long firstOffset = vectors.offsetInBlock(fromRow);
    if (inOrder) {
      scanAll(fromRow, toRow, firstOffset);
    } else {
      scanSome(fromRow, toRow, firstOffset, allowed);
    }
  }

  /**
   * Compares the rows that wait, in a group as all others: other kernels add in another order, and
   * a row's score should not depend on which other rows pass.
   */
  void finishBlock() {
    if (pending > 0) {
      for (int i = pending; i < GROUP; i++) {
        offsets[i] = offsets[0];
      }
      compareGroup();
    }
  }

  private void scanAll(int fromRow, int toRow, long firstOffset) {
    float[] runScores = RUN_SCORES.acquire();
    long offset = firstOffset;
    for (int row = fromRow; row < toRow; row += RUN) {
      int count = Math.min(RUN, toRow - row);
      comparison.scoresInOrder(block, offset, count, runScores);
      offerRun(row, count, runScores);
      offset += (long) count * vectorBytes;
    }
    RUN_SCORES.release(runScores);
  }

  /** Most rows of a scan are farther than the worst that is kept: one comparison each. */
  private void offerRun(int firstRow, int count, float[] runScores) {
    int i = 0;
    for (; i < count && results.size() < results.capacity(); i++) {
      offer(firstRow + i, runScores[i]);
    }
    boolean largerIsNearer = results.largerIsNearer();
    float worst = results.worstScore();
    for (; i < count; i++) {
      float score = runScores[i];
      if (largerIsNearer ? score > worst : score < worst) {
        offer(firstRow + i, score);
        worst = results.worstScore();
      }
    }
  }

  private void scanSome(int fromRow, int toRow, long firstOffset, RowBitmap allowed) {
    int row = allowed == null ? fromRow : allowed.nextRow(fromRow);
    while (row >= 0 && row < toRow) {
      if (!mayHaveNulls || !vectors.isNull(row)) {
        rows[pending] = row;
        offsets[pending] = firstOffset + (long) (row - fromRow) * vectorBytes;
        if (++pending == GROUP) {
          compareGroup();
        }
      }
      row = allowed == null ? row + 1 : allowed.nextRow(row + 1);
    }
  }

  private void compareGroup() {
    comparison.scores(block, offsets[0], offsets[1], offsets[2], offsets[3], scores);
    for (int i = 0; i < pending; i++) {
      offer(rows[i], scores[i]);
    }
    pending = 0;
  }

  private void offer(int row, float score) {
    if (results.wouldKeep(score) && range.accepts(score)) {
      results.offer(row, score);
    }
  }
}
