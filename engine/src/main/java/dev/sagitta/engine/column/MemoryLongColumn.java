package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Integers of 1, 2, 4 or 8 bytes, and microseconds of Timestamptz. */
final class MemoryLongColumn extends MemoryColumn implements LongColumn {
  /** Set for the most frequent case, 8 bytes in one memory, which skips the locator. */
  private final boolean flatLongs;

  private final MemorySegment flat;

  MemoryLongColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
    this.flatLongs = type.width() == Long.BYTES && values.isFlat();
    this.flat = flatMemory(values, rowCount);
  }

  @Override
  public long longAt(int row) {
    if (flatLongs) {
      return flat.getAtIndex(LittleEndian.LONG, row);
    }
    return read(columnType.type(), values.memoryOf(row), values.offsetOf(row));
  }

  @Override
  public void copyLongs(int firstRow, int count, long[] target) {
    int copied = 0;
    while (copied < count) {
      int row = firstRow + copied;
      int run = Math.min(count - copied, values.contiguousRows(row));
      copyRun(values.memoryOf(row), values.offsetOf(row), run, target, copied);
      copied += run;
    }
  }

  private void copyRun(MemorySegment memory, long offset, int run, long[] target, int start) {
    switch (columnType.type()) {
      case INT64, TIMESTAMPTZ ->
          MemorySegment.copy(memory, LittleEndian.LONG, offset, target, start, run);
      case INT32 -> {
        for (int i = 0; i < run; i++) {
          target[start + i] = memory.get(LittleEndian.INT, offset + (long) i * Integer.BYTES);
        }
      }
      case INT16 -> {
        for (int i = 0; i < run; i++) {
          target[start + i] = memory.get(LittleEndian.SHORT, offset + (long) i * Short.BYTES);
        }
      }
      default -> {
        for (int i = 0; i < run; i++) {
          target[start + i] = memory.get(LittleEndian.BYTE, offset + i);
        }
      }
    }
  }

  static long read(DataType type, MemorySegment memory, long offset) {
    return switch (type) {
      case INT64, TIMESTAMPTZ -> memory.get(LittleEndian.LONG, offset);
      case INT32 -> memory.get(LittleEndian.INT, offset);
      case INT16 -> memory.get(LittleEndian.SHORT, offset);
      case INT8 -> memory.get(LittleEndian.BYTE, offset);
      default -> throw new IllegalStateException("not an integer type: type=" + type);
    };
  }
}
