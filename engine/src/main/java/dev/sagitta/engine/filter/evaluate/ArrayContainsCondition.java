package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Whether some element of an Array field passes a test.
 *
 * @param test the test for the type of the elements
 */
public record ArrayContainsCondition(long fieldId, ElementTest test) implements Condition {
  public ArrayContainsCondition {
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    ArrayColumn column = (ArrayColumn) columns.column(fieldId);
    Scratch scratch = new Scratch();
    if (test instanceof ElementTest.Strings(Utf8Test strings)) {
      IntFunction<byte[]> buffers = scratch::ofSize;
      return Condition.rowByRow(row -> column.anyUtf8(row, strings, buffers));
    }
    return Condition.rowByRow(
        row -> {
          int length = column.lengthAt(row);
          for (int i = 0; i < length; i++) {
            if (test.matches(column, row, i, scratch)) {
              return true;
            }
          }
          return false;
        });
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(IndexableTest.same(fieldId, new ScalarTest.AnyElement(test.asScalarTest())));
  }

  @Override
  public int cost() {
    return 40;
  }
}
