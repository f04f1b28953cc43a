package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import java.util.Arrays;

/**
 * The rows of one search that may be among the best, by the upper bounds of their scores in units,
 * and the threshold below which no more rows can be. Since a bound is too large by at most {@link
 * QueryTerms#error()}, a row that stays behind the k-th best bound by more than this is out.
 */
final class Candidates {
  /** Relative slack around the bounds of a range search, more than float's rounding. */
  private static final double SLACK = 1e-6;

  private static final int BUFFER_MIN = 256;

  private final ThresholdHeap heap = new ThresholdHeap();
  private long[] buffer = new long[BUFFER_MIN];
  private int buffered;
  private int error;
  private int floor;
  private int threshold;

  /** Bounds above this may belong to rows that are too near for a range search. */
  private int surelyInside;

  /** Bounds above this certainly do. */
  private int surelyTooNear;

  private RowBitmap allowed;
  private int firstRow;

  /**
   * Starts a search.
   *
   * @param allowed rows that may be found, or null for all
   */
  void begin(int limit, QueryTerms terms, ScoreRange range, RowBitmap allowed) {
    this.allowed = allowed;
    this.error = terms.error();
    double unit = terms.unit();
    // Only positive scores count, and each of them is at least one unit after rounding up.
    this.floor = Math.max(1, units(range.lowest() / unit * (1 - SLACK)) - 1);
    double highest = range.highest() / unit;
    this.surelyInside = Math.max(0, units(highest * (1 - SLACK)) - 1);
    this.surelyTooNear = addExactly(units(highest * (1 + SLACK)) + 1L, error);
    heap.begin(limit);
    buffered = 0;
    threshold = floor;
  }

  private static int units(double value) {
    return (int) Math.clamp(value, 0, Integer.MAX_VALUE - 1.0);
  }

  private static int addExactly(long left, long right) {
    return (int) Math.min(Integer.MAX_VALUE, left + right);
  }

  /** Number of the row that later calls know as row 0. */
  void enterWindow(int window) {
    firstRow = window << SparseIndexFile.WINDOW_BITS;
  }

  /** The least bound, positive, that a row must have to be a candidate. */
  int threshold() {
    return threshold;
  }

  /** Whether the window's row passes the filter. */
  boolean isAllowed(int row) {
    if (allowed == null) {
      return true;
    }
    int number = firstRow + row;
    return number >= 0 && number < allowed.rowCount() && allowed.contains(number);
  }

  /** Keeps a row of the window with a bound of at least the threshold, if it passes the filter. */
  void offer(int row, int bound) {
    if (bound > surelyTooNear || !isAllowed(row)) {
      return;
    }
    if (buffered == buffer.length) {
      makeRoom();
    }
    buffer[buffered++] = (long) bound << Integer.SIZE | (firstRow + row);
    if (bound <= surelyInside && heap.offer(bound)) {
      threshold = Math.max(threshold, heap.smallest() - error);
    }
  }

  /** Scores the candidates exactly and offers them. */
  void finish(
      SparseVectorColumn vectors,
      RowLengths lengths,
      SparseScorer scorer,
      double unit,
      ScoreRange range,
      TopRows results) {
    drop();
    Arrays.sort(buffer, 0, buffered);
    for (int i = buffered - 1; i >= 0; i--) {
      int bound = (int) (buffer[i] >> Integer.SIZE);
      if (results.size() == results.capacity() && bound * unit * (1 + SLACK) < results.scoreAt(0)) {
        return;
      }
      int row = (int) buffer[i];
      if (row < 0 || row >= vectors.rowCount()) {
        continue;
      }
      float score = scorer.score(vectors, row, lengths.of(row));
      if (score > 0 && range.accepts(score)) {
        results.offer(row, score);
      }
    }
  }

  private void makeRoom() {
    drop();
    if (buffered > buffer.length / 2) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }

  /** Drops the candidates that the threshold has left behind. */
  private void drop() {
    int kept = 0;
    for (int i = 0; i < buffered; i++) {
      if ((int) (buffer[i] >> Integer.SIZE) >= threshold) {
        buffer[kept++] = buffer[i];
      }
    }
    buffered = kept;
  }
}
