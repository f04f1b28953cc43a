package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.List;
import java.util.Optional;

/** Whether an Array field has as many elements as there are tests, and the i-th passes test i. */
public record ArrayEqualsCondition(long fieldId, List<ElementTest> tests) implements Condition {
  public ArrayEqualsCondition {
    tests = List.copyOf(tests);
  }

  @Override
  public Matcher open(ColumnSource columns) {
    ArrayColumn column = (ArrayColumn) columns.column(fieldId);
    ElementTest[] elementTests = tests.toArray(new ElementTest[0]);
    Scratch scratch = new Scratch();
    return Condition.rowByRow(
        row -> {
          boolean equal = column.lengthAt(row) == elementTests.length;
          for (int i = 0; i < elementTests.length && equal; i++) {
            equal = elementTests[i].matches(column, row, i, scratch);
          }
          return equal;
        });
  }

  /** An array that equals another one has its first element. */
  @Override
  public Optional<IndexableTest> indexableTest() {
    return tests.stream()
        .findFirst()
        .map(
            first ->
                new IndexableTest(
                    fieldId, new ScalarTest.AnyElement(first.asScalarTest()), false, false));
  }

  @Override
  public int cost() {
    return 30;
  }
}
