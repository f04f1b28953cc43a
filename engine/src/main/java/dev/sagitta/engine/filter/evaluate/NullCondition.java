package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;

/** Whether the field is null. */
public record NullCondition(long fieldId) implements Condition {
  @Override
  public Matcher open(ColumnSource columns) {
    Column column = columns.column(fieldId);
    return (firstRow, count, wanted) -> column.nullBits(firstRow, count);
  }

  @Override
  public int cost() {
    return 1;
  }
}
