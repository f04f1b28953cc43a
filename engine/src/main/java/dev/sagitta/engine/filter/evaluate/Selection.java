package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;

/** A predicate over the rows of some columns. Belongs to one thread. */
public interface Selection {
  /**
   * The rows among {@code candidates} for which the predicate is TRUE, neither FALSE nor unknown.
   * The answer is the caller's to change; {@code candidates} is left alone.
   */
  RowBitmap select(RowBitmap candidates);

  /**
   * Rough nanoseconds of {@link #select} among that many candidates; the cheaper operand of {@code
   * and} and {@code or} runs first.
   */
  double cost(int candidateCount);
}
