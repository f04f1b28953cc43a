package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.filter.number.DoubleSet;
import dev.sagitta.engine.filter.number.DoubleTest;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/**
 * A test of floating-point numbers. Rows without a value never match, not even inverted.
 *
 * @param inverted whether values match that fail the test ({@code !=})
 */
public record DoubleCondition(DoubleSource source, DoubleTest test, boolean inverted)
    implements Condition {
  public DoubleCondition {
    requireNonNull(source, "source is null");
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    DoubleSource.Reader reader = source.open(columns);
    double[] values = new double[Long.SIZE];
    long inversion = inverted ? -1L : 0L;
    return (firstRow, count, wanted) -> {
      long present = reader.read(firstRow, count, values);
      return (test.matches(values, count) ^ inversion) & present;
    };
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return switch (source) {
      case DoubleSource.Field(long fieldId) ->
          Optional.of(new IndexableTest(fieldId, new ScalarTest.Doubles(test), inverted, true));
      case DoubleSource.Element(long fieldId, int _) when !inverted ->
          Optional.of(
              new IndexableTest(
                  fieldId, new ScalarTest.AnyElement(new ScalarTest.Doubles(test)), false, false));
      default -> Optional.empty();
    };
  }

  @Override
  public int cost() {
    return source.cost() + (test instanceof DoubleSet ? 7 : 1);
  }
}
