package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.filter.number.ArithmeticOperator;

/** Where the floating-point numbers of a condition come from. Immutable. */
public sealed interface DoubleSource {
  Reader open(ColumnSource columns);

  /** Rough nanoseconds per row. */
  int cost();

  /** Reads block by block; used by one thread. */
  @FunctionalInterface
  interface Reader {
    /**
     * Puts the values of {@code count} rows (1 to 64) from {@code firstRow} on to the front of
     * {@code target}.
     *
     * @return bit i is set if row {@code firstRow + i} has a value
     */
    long read(int firstRow, int count, double[] target);
  }

  /** A Float or Double field. */
  record Field(long fieldId) implements DoubleSource {
    @Override
    public Reader open(ColumnSource columns) {
      DoubleColumn column = (DoubleColumn) columns.column(fieldId);
      return (firstRow, count, target) -> {
        column.copyDoubles(firstRow, count, target);
        return -1L;
      };
    }

    @Override
    public int cost() {
      return 1;
    }
  }

  /** One element of an array of Float or Double; rows whose array is too short have no value. */
  record Element(long fieldId, int index) implements DoubleSource {
    @Override
    public Reader open(ColumnSource columns) {
      ArrayColumn column = (ArrayColumn) columns.column(fieldId);
      return (firstRow, count, target) -> {
        long present = 0;
        for (int i = 0; i < count; i++) {
          if (!column.isNull(firstRow + i) && index < column.lengthAt(firstRow + i)) {
            target[i] = column.doubleAt(firstRow + i, index);
            present |= 1L << i;
          }
        }
        return present;
      };
    }

    @Override
    public int cost() {
      return 8;
    }
  }

  /** Integers as doubles. */
  record Widened(LongSource source) implements DoubleSource {
    @Override
    public Reader open(ColumnSource columns) {
      LongSource.Reader reader = source.open(columns);
      long[] longs = new long[Long.SIZE];
      return (firstRow, count, target) -> {
        long present = reader.read(firstRow, count, longs);
        for (int i = 0; i < count; i++) {
          target[i] = longs[i];
        }
        return present;
      };
    }

    @Override
    public int cost() {
      return source.cost() + 1;
    }
  }

  /**
   * One step of arithmetic on another source.
   *
   * @param single whether results are rounded to float, as the values of a Float field are
   */
  record Arithmetic(
      DoubleSource source, ArithmeticOperator operator, double constant, boolean single)
      implements DoubleSource {
    @Override
    public Reader open(ColumnSource columns) {
      Reader reader = source.open(columns);
      return (firstRow, count, target) -> {
        long present = reader.read(firstRow, count, target);
        for (int i = 0; i < count; i++) {
          double result = operator.apply(target[i], constant);
          target[i] = single ? (float) result : result;
        }
        return present;
      };
    }

    @Override
    public int cost() {
      return source.cost() + 2;
    }
  }
}
