package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;

/** Truth values of one byte, 0 or 1. */
final class MemoryBooleanColumn extends MemoryColumn implements BooleanColumn {
  MemoryBooleanColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public boolean booleanAt(int row) {
    return values.memoryOf(row).get(LittleEndian.BYTE, values.offsetOf(row)) != 0;
  }
}
