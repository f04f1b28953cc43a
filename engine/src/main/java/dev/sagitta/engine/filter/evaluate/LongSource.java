package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonValue;
import dev.sagitta.engine.filter.number.ArithmeticOperator;
import dev.sagitta.engine.time.CalendarInterval;

/** Where the integers of a condition come from. Immutable. */
public sealed interface LongSource {
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
    long read(int firstRow, int count, long[] target);
  }

  /** An integer field. */
  record Field(long fieldId) implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      LongColumn column = (LongColumn) columns.column(fieldId);
      return (firstRow, count, target) -> {
        column.copyLongs(firstRow, count, target);
        return -1L;
      };
    }

    @Override
    public int cost() {
      return 1;
    }
  }

  /** One element of an array of integers; rows whose array is too short have no value. */
  record Element(long fieldId, int index) implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      ArrayColumn column = (ArrayColumn) columns.column(fieldId);
      return (firstRow, count, target) -> {
        long present = 0;
        for (int i = 0; i < count; i++) {
          if (!column.isNull(firstRow + i) && index < column.lengthAt(firstRow + i)) {
            target[i] = column.longAt(firstRow + i, index);
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

  /** The length of an array. */
  record ArrayLength(long fieldId) implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      ArrayColumn column = (ArrayColumn) columns.column(fieldId);
      return (firstRow, count, target) -> {
        for (int i = 0; i < count; i++) {
          target[i] = column.isNull(firstRow + i) ? 0 : column.lengthAt(firstRow + i);
        }
        return -1L;
      };
    }

    @Override
    public int cost() {
      return 4;
    }
  }

  /** The length of the array at a path of a JSON field; 0 for what is missing or no array. */
  record JsonArrayLength(long fieldId, JsonPath path) implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      JsonReader reader = new JsonReader((JsonColumn) columns.column(fieldId), path);
      return (firstRow, count, target) -> {
        for (int i = 0; i < count; i++) {
          JsonValue value = reader.valueAt(firstRow + i);
          target[i] = value == null ? 0 : value.arrayLength();
        }
        return -1L;
      };
    }

    @Override
    public int cost() {
      return 120;
    }
  }

  /** One step of arithmetic on another source. */
  record Arithmetic(LongSource source, ArithmeticOperator operator, long constant)
      implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      Reader reader = source.open(columns);
      return (firstRow, count, target) -> {
        long present = reader.read(firstRow, count, target);
        apply(count, target);
        return present;
      };
    }

    private void apply(int count, long[] target) {
      for (int i = 0; i < count; i++) {
        target[i] = operator.apply(target[i], constant);
      }
    }

    @Override
    public int cost() {
      return source.cost() + 2;
    }
  }

  /** Points in time, each later by an interval. */
  record Shifted(LongSource source, CalendarInterval interval) implements LongSource {
    @Override
    public Reader open(ColumnSource columns) {
      Reader reader = source.open(columns);
      return (firstRow, count, target) -> {
        long present = reader.read(firstRow, count, target);
        for (int i = 0; i < count; i++) {
          target[i] = interval.addTo(target[i]);
        }
        return present;
      };
    }

    @Override
    public int cost() {
      return source.cost() + (interval.isFixed() ? 1 : 30);
    }
  }
}
