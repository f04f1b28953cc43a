package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;

/** All rows or none. */
public enum ConstantPredicate implements Predicate, Selection {
  ALL,
  NONE;

  public static ConstantPredicate of(boolean all) {
    return all ? ALL : NONE;
  }

  @Override
  public Selection open(ColumnSource columns) {
    return this;
  }

  @Override
  public RowBitmap select(RowBitmap candidates) {
    return this == ALL ? candidates.copy() : new RowBitmap(candidates.rowCount());
  }

  @Override
  public double cost(int candidateCount) {
    return 0;
  }
}
