package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;

/** All rows or none. */
public enum ConstantPredicate implements Predicate {
  ALL,
  NONE;

  public static ConstantPredicate of(boolean all) {
    return all ? ALL : NONE;
  }

  @Override
  public RowBitmap select(ColumnSource columns, RowBitmap candidates) {
    return this == ALL ? candidates.copy() : new RowBitmap(candidates.rowCount());
  }

  @Override
  public int cost() {
    return 0;
  }
}
