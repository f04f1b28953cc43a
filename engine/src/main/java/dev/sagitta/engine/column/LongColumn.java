package dev.sagitta.engine.column;

/**
 * Values of an Int8, Int16, Int32 or Int64 field, widened to long; also of the timestamp column.
 */
public interface LongColumn extends Column {
  long longAt(int row);
}
