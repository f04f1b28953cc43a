package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A column as three runs of bytes: its form in batches on the heap, in log records and in files.
 *
 * @param type how to read the values
 * @param rowCount number of rows
 * @param nullBits one bit a row, set for null, {@code (rowCount + 7) / 8} bytes; empty when no row
 *     is null
 * @param offsets for types of variable length {@code rowCount + 1} int32: row r's value lies from
 *     offset r to offset r + 1 of {@code values}; else empty
 * @param values the values one after another: integers and floating-point numbers in their width,
 *     Bool as one byte, Timestamptz as int64, strings and JSON as UTF-8, geometries as WKB, vectors
 *     as the vector columns say, arrays as {@link ArrayColumn} implementations encode them, lists
 *     of vectors as their floats one after another; null rows have zeros, or no bytes
 */
public record ColumnImage(
    ColumnType type,
    int rowCount,
    MemorySegment nullBits,
    MemorySegment offsets,
    MemorySegment values) {
  public ColumnImage {
    requireNonNull(type, "type is null");
    requireNonNull(nullBits, "nullBits is null");
    requireNonNull(offsets, "offsets is null");
    requireNonNull(values, "values is null");
    if (rowCount < 0) {
      throw new IllegalArgumentException("rowCount is negative: rowCount=" + rowCount);
    }
    if (nullBits.byteSize() != 0) {
      requireLength("nullBits", nullBits, (rowCount + 7L) / 8);
    }
    if (type.variableLength()) {
      requireLength("offsets", offsets, (rowCount + 1L) * Integer.BYTES);
      requireLength("values", values, offsets.get(LittleEndian.INT, offsets.byteSize() - 4));
    } else {
      requireLength("offsets", offsets, 0);
      requireLength("values", values, (long) rowCount * type.width());
    }
  }

  /** The column's bytes: in place where they are contiguous already, else copied. */
  public static ColumnImage of(Column column) {
    if (column instanceof MemoryColumn memoryColumn) {
      Optional<MemorySegment> nullBits =
          switch (memoryColumn.validity()) {
            case NullBits bits -> Optional.of(bits.bits());
            case Validity other when !other.mayHaveNulls() -> Optional.of(MemorySegment.NULL);
            default -> Optional.empty();
          };
      ColumnType type = memoryColumn.columnType;
      int rows = column.rowCount();
      if (nullBits.isPresent() && memoryColumn.values instanceof FixedWidthLocator fixed) {
        return new ColumnImage(type, rows, nullBits.get(), MemorySegment.NULL, fixed.memory());
      }
      if (nullBits.isPresent() && memoryColumn.values instanceof VariableLengthLocator variable) {
        return new ColumnImage(type, rows, nullBits.get(), variable.offsets(), variable.memory());
      }
    }
    return copyOf(column, 0, column.rowCount());
  }

  /** The bytes of the rows {@code from} to {@code to - 1}, copied to the heap. */
  public static ColumnImage copyOf(Column column, int from, int to) {
    ColumnBuilder builder = ColumnBuilder.forType(ColumnType.of(column), to - from);
    for (int row = from; row < to; row++) {
      builder.appendFrom(column, row);
    }
    return builder.image();
  }

  /** The column, reading in place. */
  public MemoryColumn toColumn() {
    ValueLocator locator =
        type.variableLength()
            ? new VariableLengthLocator(offsets, values)
            : new FixedWidthLocator(values, type.width(), rowCount);
    return MemoryColumn.create(type, rowCount, locator, Validity.ofNullBits(nullBits));
  }

  /** Bytes of the three runs together. */
  public long sizeInBytes() {
    return nullBits.byteSize() + offsets.byteSize() + values.byteSize();
  }

  private static void requireLength(String name, MemorySegment memory, long expected) {
    if (memory.byteSize() != expected) {
      throw new IllegalArgumentException(
          "run of another length: name="
              + name
              + " bytes="
              + memory.byteSize()
              + " expected="
              + expected);
    }
  }
}
