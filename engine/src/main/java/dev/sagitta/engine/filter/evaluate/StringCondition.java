package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/** A test of a VarChar field. Comparisons look at the column's own bytes, other tests at a copy. */
public record StringCondition(long fieldId, Utf8Test test) implements Condition {
  public StringCondition {
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    StringColumn column = (StringColumn) columns.column(fieldId);
    return Condition.rowByRow(
        test instanceof Utf8Comparison comparison
            ? openComparison(column, comparison)
            : openTest(column));
  }

  private static RowTest openComparison(StringColumn column, Utf8Comparison comparison) {
    ComparisonOperator operator = comparison.operator();
    byte[] constant = comparison.constant();
    return switch (operator) {
      case EQUAL -> row -> column.utf8Equals(row, constant);
      case NOT_EQUAL -> row -> !column.utf8Equals(row, constant);
      default -> row -> operator.holds(column.compareUtf8(row, constant));
    };
  }

  private RowTest openTest(StringColumn column) {
    Scratch scratch = new Scratch();
    return row -> {
      int length = column.utf8LengthAt(row);
      if (!test.mayHaveLength(length)) {
        return false;
      }
      byte[] buffer = scratch.ofSize(length);
      column.copyUtf8(row, buffer, 0);
      return test.matches(buffer, 0, length);
    };
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(IndexableTest.same(fieldId, new ScalarTest.Strings(test)));
  }

  @Override
  public int cost() {
    return test instanceof Utf8Comparison ? 10 : 30;
  }
}
