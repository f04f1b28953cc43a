package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.BooleanColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import java.util.Arrays;

/** Compares two fields of the same row: numbers, strings, or Bools. */
public record FieldComparison(long leftFieldId, ComparisonOperator operator, long rightFieldId)
    implements Condition {
  public FieldComparison {
    requireNonNull(operator, "operator is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    Column left = columns.column(leftFieldId);
    Column right = columns.column(rightFieldId);
    return Condition.rowByRow(open(left, right));
  }

  private RowTest open(Column left, Column right) {
    return switch (left) {
      case LongColumn longs when right instanceof LongColumn other ->
          row -> operator.holds(Long.compare(longs.longAt(row), other.longAt(row)));
      case LongColumn longs when right instanceof DoubleColumn other ->
          row -> operator.holds(DoubleRange.compare(longs.longAt(row), other.doubleAt(row)));
      case DoubleColumn doubles when right instanceof LongColumn other ->
          row -> operator.holds(-DoubleRange.compare(other.longAt(row), doubles.doubleAt(row)));
      case DoubleColumn doubles when right instanceof DoubleColumn other ->
          row -> operator.holds(compare(doubles.doubleAt(row), other.doubleAt(row)));
      case StringColumn strings when right instanceof StringColumn other ->
          openStrings(strings, other);
      case BooleanColumn bools when right instanceof BooleanColumn other ->
          row -> operator.holds(Boolean.compare(bools.booleanAt(row), other.booleanAt(row)));
      default ->
          throw new IllegalStateException(
              "fields cannot be compared: left=" + left.type() + " right=" + right.type());
    };
  }

  private RowTest openStrings(StringColumn left, StringColumn right) {
    Scratch leftScratch = new Scratch();
    Scratch rightScratch = new Scratch();
    return row -> {
      int leftLength = left.utf8LengthAt(row);
      int rightLength = right.utf8LengthAt(row);
      byte[] leftBytes = leftScratch.ofSize(leftLength);
      byte[] rightBytes = rightScratch.ofSize(rightLength);
      left.copyUtf8(row, leftBytes, 0);
      right.copyUtf8(row, rightBytes, 0);
      return operator.holds(
          Arrays.compareUnsigned(leftBytes, 0, leftLength, rightBytes, 0, rightLength));
    };
  }

  /** Both zeros are equal, unlike with {@link Double#compare}. */
  private static int compare(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  @Override
  public int cost() {
    return 5;
  }
}
