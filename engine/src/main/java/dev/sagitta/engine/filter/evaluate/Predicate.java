package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;

/** A compiled filter or a part of it. Immutable. */
public interface Predicate {

  /**
   * The rows among {@code candidates} for which this is TRUE, neither FALSE nor unknown. The answer
   * is the caller's to change; {@code candidates} is left alone.
   */
  RowBitmap select(ColumnSource columns, RowBitmap candidates);

  /** Rough nanoseconds per row; the cheaper operand of {@code and} and {@code or} runs first. */
  int cost();
}
