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

  @Override
  public void copyDoubles(int firstRow, int count, double[] target) {
    int copied = 0;
    while (copied < count) {
      int row = firstRow + copied;
      int run = Math.min(count - copied, values.contiguousRows(row));
      copyRun(values.memoryOf(row), values.offsetOf(row), run, target, copied);
      copied += run;
    }
  }

  private void copyRun(MemorySegment memory, long offset, int run, double[] target, int start) {
    if (columnType.type() == DataType.DOUBLE) {
      MemorySegment.copy(memory, LittleEndian.DOUBLE, offset, target, start, run);
      return;
    }
    for (int i = 0; i < run; i++) {
      target[start + i] = memory.get(LittleEndian.FLOAT, offset + (long) i * Float.BYTES);
    }
  }

  static double read(DataType type, MemorySegment memory, long offset) {
    return switch (type) {
      case FLOAT -> memory.get(LittleEndian.FLOAT, offset);
      case DOUBLE -> memory.get(LittleEndian.DOUBLE, offset);
      default -> throw new IllegalStateException("not a floating-point type: type=" + type);
    };
  }
}
