package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.filter.number.DoubleTest;
import dev.sagitta.engine.filter.number.LongTest;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.ScalarTest;

/** A test of an element of an Array field. Immutable. */
public sealed interface ElementTest {
  boolean matches(ArrayColumn column, int row, int index, Scratch scratch);

  /** The same test in the words of indexes. */
  default ScalarTest asScalarTest() {
    return switch (this) {
      case Longs(LongTest test) -> new ScalarTest.Longs(test);
      case Doubles(DoubleTest test) -> new ScalarTest.Doubles(test);
      case Strings(Utf8Test test) -> new ScalarTest.Strings(test);
      case Booleans(boolean acceptsTrue, boolean acceptsFalse) ->
          new ScalarTest.Booleans(acceptsTrue, acceptsFalse);
    };
  }

  /** For arrays of integers. */
  record Longs(LongTest test) implements ElementTest {
    @Override
    public boolean matches(ArrayColumn column, int row, int index, Scratch scratch) {
      return test.contains(column.longAt(row, index));
    }
  }

  /** For arrays of Float or Double. */
  record Doubles(DoubleTest test) implements ElementTest {
    @Override
    public boolean matches(ArrayColumn column, int row, int index, Scratch scratch) {
      return test.contains(column.doubleAt(row, index));
    }
  }

  /** For arrays of VarChar. */
  record Strings(Utf8Test test) implements ElementTest {
    @Override
    public boolean matches(ArrayColumn column, int row, int index, Scratch scratch) {
      int length = column.utf8LengthAt(row, index);
      if (!test.mayHaveLength(length)) {
        return false;
      }
      byte[] buffer = scratch.ofSize(length);
      column.copyUtf8(row, index, buffer, 0);
      return test.matches(buffer, 0, length);
    }
  }

  /** For arrays of Bool: which of both values match. */
  record Booleans(boolean acceptsTrue, boolean acceptsFalse) implements ElementTest {
    @Override
    public boolean matches(ArrayColumn column, int row, int index, Scratch scratch) {
      return column.booleanAt(row, index) ? acceptsTrue : acceptsFalse;
    }
  }
}
