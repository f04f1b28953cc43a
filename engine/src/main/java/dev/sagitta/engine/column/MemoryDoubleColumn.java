package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Floating-point numbers of 4 or 8 bytes. */
final class MemoryDoubleColumn extends MemoryColumn implements DoubleColumn {
  MemoryDoubleColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public double doubleAt(int row) {
    return read(columnType.type(), values.memoryOf(row), values.offsetOf(row));
  }

  static double read(DataType type, MemorySegment memory, long offset) {
    return switch (type) {
      case FLOAT -> memory.get(LittleEndian.FLOAT, offset);
      case DOUBLE -> memory.get(LittleEndian.DOUBLE, offset);
      default -> throw new IllegalStateException("not a floating-point type: type=" + type);
    };
  }
}
