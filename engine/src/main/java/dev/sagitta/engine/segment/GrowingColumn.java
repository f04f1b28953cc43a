package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.MemoryColumn;
import dev.sagitta.engine.column.Validity;
import dev.sagitta.engine.column.ValueLocator;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One field of a growing segment, off the heap. One writer appends; readers take a column of the
 * rows that were published before.
 */
final class GrowingColumn {
  private final ColumnType type;
  private final RowBlocks rows;
  private final ByteBlocks bytes;

  /** A byte a row, 1 for null; without blocks until the first null comes. */
  private final RowBlocks nullFlags;

  private volatile boolean nulls;
  private int rowCount;
  private long dataBytes;

  GrowingColumn(ColumnType type, Arena arena) {
    this.type = type;
    this.rows =
        new RowBlocks(arena, type.variableLength() ? ByteBlockLocator.ENTRY_BYTES : type.width());
    this.bytes = new ByteBlocks(arena);
    this.nullFlags = new RowBlocks(arena, 1);
  }

  /** Appends all rows of a column of the same type. */
  void append(Column column) {
    if (!ColumnType.of(column).equals(type) || !(column instanceof MemoryColumn source)) {
      throw new IllegalArgumentException(
          "column of another type: type=" + ColumnType.of(column) + " expected=" + type);
    }
    int added = column.rowCount();
    rows.ensureCapacity(Math.addExact(rowCount, added));
    if (type.variableLength()) {
      appendVariableLength(source.values(), added);
    } else {
      appendFixedWidth(source.values(), added);
    }
    appendNulls(column);
    rowCount += added;
  }

  private void appendFixedWidth(ValueLocator source, int added) {
    int width = type.width();
    for (int row = 0; row < added; ) {
      int target = rowCount + row;
      int run = Math.min(source.contiguousRows(row), rows.contiguousRows(target));
      run = Math.min(run, added - row);
      long length = (long) run * width;
      MemorySegment.copy(
          source.memoryOf(row),
          source.offsetOf(row),
          rows.blockOf(target),
          rows.offsetOf(target),
          length);
      dataBytes += length;
      row += run;
    }
  }

  private void appendVariableLength(ValueLocator source, int added) {
    for (int row = 0; row < added; row++) {
      int length = source.lengthOf(row);
      long address = bytes.append(source.memoryOf(row), source.offsetOf(row), length);
      MemorySegment block = rows.blockOf(rowCount + row);
      long offset = rows.offsetOf(rowCount + row);
      block.set(LittleEndian.LONG, offset, address);
      block.set(LittleEndian.INT, offset + Long.BYTES, length);
      dataBytes += length + Integer.BYTES;
    }
  }

  private void appendNulls(Column column) {
    if (!nulls && !column.mayHaveNulls()) {
      return;
    }
    nullFlags.ensureCapacity(rowCount + column.rowCount());
    nulls = true;
    for (int row = 0; row < column.rowCount(); row++) {
      if (column.isNull(row)) {
        int target = rowCount + row;
        nullFlags.blockOf(target).set(LittleEndian.BYTE, nullFlags.offsetOf(target), (byte) 1);
      }
    }
  }

  /** Appends one number to an INT64 column. */
  void appendLong(long value) {
    rows.ensureCapacity(rowCount + 1);
    rows.blockOf(rowCount).set(LittleEndian.LONG, rows.offsetOf(rowCount), value);
    dataBytes += Long.BYTES;
    rowCount++;
  }

  /** The first rows, which must have been published to the caller. */
  MemoryColumn column(int publishedRows) {
    ValueLocator locator =
        type.variableLength() ? new ByteBlockLocator(rows, bytes) : new RowBlockLocator(rows);
    return MemoryColumn.create(type, publishedRows, locator, validity());
  }

  private Validity validity() {
    if (!nulls) {
      return Validity.NO_NULLS;
    }
    RowBlockLocator flags = new RowBlockLocator(nullFlags);
    return row -> flags.memoryOf(row).get(LittleEndian.BYTE, flags.offsetOf(row)) != 0;
  }

  int rowCount() {
    return rowCount;
  }

  /** Bytes of the values appended so far. */
  long dataBytes() {
    return dataBytes;
  }

  long memoryBytes() {
    return rows.memoryBytes() + bytes.memoryBytes() + nullFlags.memoryBytes();
  }
}
