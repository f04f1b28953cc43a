package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Strings as UTF-8 bytes. */
final class MemoryStringColumn extends MemoryColumn implements StringColumn {
  MemoryStringColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public String stringAt(int row) {
    byte[] utf8 = new byte[values.lengthOf(row)];
    copyUtf8(row, utf8, 0);
    return new String(utf8, UTF_8);
  }

  @Override
  public int utf8LengthAt(int row) {
    return values.lengthOf(row);
  }

  @Override
  public void copyUtf8(int row, byte[] target, int offset) {
    values.copyValue(row, target, offset);
  }

  @Override
  public boolean utf8Equals(int row, byte[] utf8) {
    int length = values.lengthOf(row);
    if (length != utf8.length) {
      return false;
    }
    MemorySegment memory = values.memoryOf(row);
    long offset = values.offsetOf(row);
    for (int i = 0; i < length; i++) {
      if (memory.get(ValueLayout.JAVA_BYTE, offset + i) != utf8[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareUtf8(int row, byte[] utf8) {
    int length = values.lengthOf(row);
    int common = Math.min(length, utf8.length);
    MemorySegment memory = values.memoryOf(row);
    long offset = values.offsetOf(row);
    for (int i = 0; i < common; i++) {
      int order = Byte.compareUnsigned(memory.get(ValueLayout.JAVA_BYTE, offset + i), utf8[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(length, utf8.length);
  }

  @Override
  public int compareRows(int row, StringColumn other, int otherRow) {
    if (!(other instanceof MemoryStringColumn strings)) {
      return StringColumn.super.compareRows(row, other, otherRow);
    }
    MemorySegment left = valueAt(row);
    MemorySegment right = strings.valueAt(otherRow);
    long mismatch = left.mismatch(right);
    if (mismatch < 0) {
      return 0;
    }
    if (mismatch == left.byteSize() || mismatch == right.byteSize()) {
      return Long.compare(left.byteSize(), right.byteSize());
    }
    return Byte.compareUnsigned(
        left.get(ValueLayout.JAVA_BYTE, mismatch), right.get(ValueLayout.JAVA_BYTE, mismatch));
  }

  private MemorySegment valueAt(int row) {
    return values.memoryOf(row).asSlice(values.offsetOf(row), values.lengthOf(row));
  }
}
