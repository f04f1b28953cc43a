package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;

/** A compiled filter or a part of it. Immutable. */
public interface Predicate {

  /** Starts a run over the columns; looks for indexes that help. */
  Selection open(ColumnSource columns);

  /**
   * The rows among {@code candidates} for which this is TRUE, neither FALSE nor unknown. The answer
   * is the caller's to change; {@code candidates} is left alone.
   */
  default RowBitmap select(ColumnSource columns, RowBitmap candidates) {
    return open(columns).select(candidates);
  }
}
