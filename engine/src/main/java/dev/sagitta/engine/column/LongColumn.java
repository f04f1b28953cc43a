package dev.sagitta.engine.column;

/**
 * Values of an Int8, Int16, Int32 or Int64 field, widened to long, microseconds since 1970 of a
 * Timestamptz field; also of the timestamp column.
 */
public interface LongColumn extends Column {
  long longAt(int row);

  /** Copies the values of {@code count} rows from {@code firstRow} on to the front of target. */
  default void copyLongs(int firstRow, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = longAt(firstRow + i);
    }
  }
}
