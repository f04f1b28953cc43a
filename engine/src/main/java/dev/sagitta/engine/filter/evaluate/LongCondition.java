package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.number.LongTest;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/**
 * A test of integers. Rows without a value never match, not even inverted.
 *
 * @param inverted whether values match that fail the test ({@code !=})
 */
public record LongCondition(LongSource source, LongTest test, boolean inverted)
    implements Condition {
  public LongCondition {
    requireNonNull(source, "source is null");
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    LongSource.Reader reader = source.open(columns);
    long[] values = new long[Long.SIZE];
    long inversion = inverted ? -1L : 0L;
    return (firstRow, count, wanted) -> {
      long present = reader.read(firstRow, count, values);
      return (test.matches(values, count) ^ inversion) & present;
    };
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return switch (source) {
      case LongSource.Field(long fieldId) ->
          Optional.of(new IndexableTest(fieldId, new ScalarTest.Longs(test), inverted, true));
      case LongSource.Element(long fieldId, int _) when !inverted ->
          Optional.of(
              new IndexableTest(
                  fieldId, new ScalarTest.AnyElement(new ScalarTest.Longs(test)), false, false));
      default -> Optional.empty();
    };
  }

  @Override
  public int cost() {
    return source.cost() + (test instanceof LongSet ? 7 : 1);
  }
}
