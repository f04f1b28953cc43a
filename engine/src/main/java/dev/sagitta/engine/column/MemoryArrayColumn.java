package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;

/**
 * Arrays, each as one run of bytes. Elements of fixed width follow each other. An array of n
 * strings is the int32 n, n int32 end positions, counted from the first string's first byte, and
 * the UTF-8 bytes.
 */
final class MemoryArrayColumn extends MemoryColumn implements ArrayColumn {
  private final DataType elementType;
  private final int elementWidth;

  MemoryArrayColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
    this.elementType = type.elementType().orElseThrow();
    this.elementWidth = elementType == DataType.VARCHAR ? 0 : ColumnType.scalarWidth(elementType);
  }

  @Override
  public DataType elementType() {
    return elementType;
  }

  @Override
  public int lengthAt(int row) {
    int bytes = values.lengthOf(row);
    if (elementType != DataType.VARCHAR) {
      return bytes / elementWidth;
    }
    return bytes == 0 ? 0 : values.memoryOf(row).get(LittleEndian.INT, values.offsetOf(row));
  }

  @Override
  public boolean booleanAt(int row, int index) {
    return values.memoryOf(row).get(LittleEndian.BYTE, elementOffset(row, index)) != 0;
  }

  @Override
  public long longAt(int row, int index) {
    return MemoryLongColumn.read(elementType, values.memoryOf(row), elementOffset(row, index));
  }

  @Override
  public double doubleAt(int row, int index) {
    return MemoryDoubleColumn.read(elementType, values.memoryOf(row), elementOffset(row, index));
  }

  @Override
  public String stringAt(int row, int index) {
    byte[] utf8 = new byte[utf8LengthAt(row, index)];
    copyUtf8(row, index, utf8, 0);
    return new String(utf8, UTF_8);
  }

  @Override
  public int utf8LengthAt(int row, int index) {
    requireIndex(row, index);
    MemorySegment memory = values.memoryOf(row);
    long ends = values.offsetOf(row) + Integer.BYTES;
    return endOf(memory, ends, index) - endOf(memory, ends, index - 1);
  }

  @Override
  public void copyUtf8(int row, int index, byte[] target, int offset) {
    requireIndex(row, index);
    MemorySegment memory = values.memoryOf(row);
    long ends = values.offsetOf(row) + Integer.BYTES;
    long bytes = ends + (long) lengthAt(row) * Integer.BYTES;
    int start = endOf(memory, ends, index - 1);
    int length = endOf(memory, ends, index) - start;
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, bytes + start, target, offset, length);
  }

  @Override
  public boolean anyUtf8(int row, Utf8Matcher matcher, IntFunction<byte[]> buffers) {
    if (values.lengthOf(row) == 0) {
      return false;
    }
    MemorySegment memory = values.memoryOf(row);
    long offset = values.offsetOf(row);
    int count = memory.get(LittleEndian.INT, offset);
    long ends = offset + Integer.BYTES;
    long bytes = ends + (long) count * Integer.BYTES;
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = memory.get(LittleEndian.INT, ends + (long) i * Integer.BYTES);
      int length = end - start;
      if (matcher.mayHaveLength(length)) {
        byte[] buffer = buffers.apply(length);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, bytes + start, buffer, 0, length);
        if (matcher.matches(buffer, 0, length)) {
          return true;
        }
      }
      start = end;
    }
    return false;
  }

  /** Where the string ends, counted from the first one's first byte; 0 for index -1. */
  private static int endOf(MemorySegment memory, long ends, int index) {
    return index < 0 ? 0 : memory.get(LittleEndian.INT, ends + (long) index * Integer.BYTES);
  }

  private long elementOffset(int row, int index) {
    requireIndex(row, index);
    return values.offsetOf(row) + (long) index * elementWidth;
  }

  private void requireIndex(int row, int index) {
    int length = lengthAt(row);
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("no such element: index=" + index + " length=" + length);
    }
  }
}
