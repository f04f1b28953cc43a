package dev.sagitta.engine.index;

import java.lang.foreign.MemorySegment;

/** One query's scores, in the metric's public form, of rows that lie in a block of memory. */
sealed interface RowComparison permits DenseComparison, BinaryComparison {
  /** Writes the scores of four rows, given by their byte offsets, to {@code scores[0..3]}. */
  void scores(
      MemorySegment block, long offset0, long offset1, long offset2, long offset3, float[] scores);

  /**
   * Writes the scores of rows that lie one after another to {@code scores[0]} and so on.
   *
   * @param count how many rows
   */
  void scoresInOrder(MemorySegment block, long firstOffset, int count, float[] scores);

  /** The score of the row at a byte offset. */
  float score(MemorySegment block, long offset);
}
