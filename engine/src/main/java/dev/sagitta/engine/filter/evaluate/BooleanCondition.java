package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.BooleanColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/** A test of a Bool field: which of both values match. */
public record BooleanCondition(long fieldId, boolean acceptsTrue, boolean acceptsFalse)
    implements Condition {

  @Override
  public Matcher open(ColumnSource columns) {
    BooleanColumn column = (BooleanColumn) columns.column(fieldId);
    return Condition.rowByRow(row -> column.booleanAt(row) ? acceptsTrue : acceptsFalse);
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(
        IndexableTest.same(fieldId, new ScalarTest.Booleans(acceptsTrue, acceptsFalse)));
  }

  @Override
  public int cost() {
    return 3;
  }
}
