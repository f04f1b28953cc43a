package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.PackedVectorColumn;
import java.lang.foreign.MemorySegment;

/** One query's pass over rows of one width: runs of rows in order, others four at a time. */
final class PackedScan {
  private static final int GROUP = 4;

  /** Rows that one call of a kernel compares: enough that the call itself costs nothing. */
  private static final int RUN = 128;

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
    this.scores = new float[inOrder ? Math.clamp(vectors.rowCount(), GROUP, RUN) : GROUP];
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

  /** Compares the rows that wait. */
  void finishBlock() {
    for (int i = 0; i < pending; i++) {
      offer(rows[i], comparison.score(block, offsets[i]));
    }
    pending = 0;
  }

  private void scanAll(int fromRow, int toRow, long firstOffset) {
    long offset = firstOffset;
    for (int row = fromRow; row < toRow; row += scores.length) {
      int count = Math.min(scores.length, toRow - row);
      comparison.scoresInOrder(block, offset, count, scores);
      offerRun(row, count);
      offset += (long) count * vectorBytes;
    }
  }

  /** Most rows of a scan are farther than the worst that is kept: one comparison each. */
  private void offerRun(int firstRow, int count) {
    int i = 0;
    for (; i < count && results.size() < results.capacity(); i++) {
      offer(firstRow + i, scores[i]);
    }
    boolean largerIsNearer = results.largerIsNearer();
    float worst = results.worstScore();
    for (; i < count; i++) {
      float score = scores[i];
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
    pending = 0;
    for (int i = 0; i < GROUP; i++) {
      offer(rows[i], scores[i]);
    }
  }

  private void offer(int row, float score) {
    if (results.wouldKeep(score) && range.accepts(score)) {
      results.offer(row, score);
    }
  }
}
