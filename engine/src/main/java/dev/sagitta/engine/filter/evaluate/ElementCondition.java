package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/**
 * A test of one element of an Array field. Rows whose array is too short never match.
 *
 * @param index position of the element, from 0 on
 */
public record ElementCondition(long fieldId, int index, ElementTest test) implements Condition {
  public ElementCondition {
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    ArrayColumn column = (ArrayColumn) columns.column(fieldId);
    Scratch scratch = new Scratch();
    return Condition.rowByRow(
        row -> index < column.lengthAt(row) && test.matches(column, row, index, scratch));
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(
        new IndexableTest(fieldId, new ScalarTest.AnyElement(test.asScalarTest()), false, false));
  }

  @Override
  public int cost() {
    return 20;
  }
}
