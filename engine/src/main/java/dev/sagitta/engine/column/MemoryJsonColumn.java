package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** JSON text as UTF-8 bytes. */
final class MemoryJsonColumn extends MemoryColumn implements JsonColumn {
  MemoryJsonColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public byte[] jsonUtf8At(int row) {
    byte[] utf8 = new byte[values.lengthOf(row)];
    MemorySegment.copy(
        values.memoryOf(row), ValueLayout.JAVA_BYTE, values.offsetOf(row), utf8, 0, utf8.length);
    return utf8;
  }
}
