package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

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

  @Override
  public int cost() {
    return 30;
  }
}
