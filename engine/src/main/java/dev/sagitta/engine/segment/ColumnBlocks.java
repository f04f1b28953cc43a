package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnImage;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.MemoryColumn;
import dev.sagitta.engine.column.ValueLocator;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A column as blocks of a file. Codes and content of the blocks:
 *
 * <pre>
 * 1 description, 24 bytes
 *     0  int32 number of rows
 *     4  int32 type code ({@link DataType#code})
 *     8  int32 element type code, 0 if the type is neither ARRAY nor ARRAY_OF_VECTOR
 *     12 int32 dimension, 0 if the type is no vector with one
 *     16 zeros
 * 2 null bits, absent if no row is null      \
 * 3 offsets, empty for types of fixed width   } as {@link ColumnImage} says
 * 4 values                                   /
 * </pre>
 */
final class ColumnBlocks {
  private static final int DESCRIPTION = 1;
  private static final int NULL_BITS = 2;
  private static final int OFFSETS = 3;
  private static final int VALUES = 4;

  private ColumnBlocks() {}

  /** Writes the rows {@code from} to {@code to - 1}. */
  static void write(BlockFileWriter writer, Column column, int from, int to) throws IOException {
    ColumnType type = ColumnType.of(column);
    GrowableBytes description = new GrowableBytes(24);
    description.putInt(to - from);
    description.putInt(type.type().code());
    description.putInt(type.elementType().map(DataType::code).orElse(0));
    description.putInt(type.dimension());
    description.putLong(0);
    writer.block(DESCRIPTION, description.memory());
    if (!type.variableLength() && column instanceof MemoryColumn memoryColumn) {
      writeNullBits(writer, memoryColumn, from, to);
      writer.block(OFFSETS, MemorySegment.NULL);
      writeFixedWidth(writer, memoryColumn.values(), from, to);
    } else if (type.type() == DataType.ARRAY_OF_VECTOR
        && column instanceof MemoryColumn memoryColumn) {
      writeNullBits(writer, memoryColumn, from, to);
      writer.block(OFFSETS, offsets(memoryColumn.values(), from, to));
      writeLists(writer, memoryColumn.values(), from, to);
    } else {
      ColumnImage image = ColumnImage.copyOf(column, from, to);
      if (image.nullBits().byteSize() > 0) {
        writer.block(NULL_BITS, image.nullBits());
      }
      writer.block(OFFSETS, image.offsets());
      writer.block(VALUES, image.values());
    }
  }

  private static void writeNullBits(BlockFileWriter writer, MemoryColumn column, int from, int to)
      throws IOException {
    byte[] nullBits = new byte[(to - from + 7) / 8];
    boolean nulls = false;
    for (int row = from; column.mayHaveNulls() && row < to; row++) {
      if (column.isNull(row)) {
        nulls = true;
        nullBits[(row - from) >>> 3] |= (byte) (1 << ((row - from) & 7));
      }
    }
    if (nulls) {
      writer.block(NULL_BITS, MemorySegment.ofArray(nullBits));
    }
  }

  /** Streams the values from where they lie: vectors are too large to be gathered first. */
  private static void writeFixedWidth(BlockFileWriter writer, ValueLocator values, int from, int to)
      throws IOException {
    writer.beginBlock(VALUES);
    for (int row = from; row < to; ) {
      int rows = Math.min(values.contiguousRows(row), to - row);
      long bytes = (long) rows * values.lengthOf(row);
      writer.append(values.memoryOf(row).asSlice(values.offsetOf(row), bytes));
      row += rows;
    }
    writer.endBlock();
  }

  private static MemorySegment offsets(ValueLocator values, int from, int to) {
    GrowableBytes offsets = new GrowableBytes((to - from + 1L) * Integer.BYTES);
    int end = 0;
    offsets.putInt(end);
    for (int row = from; row < to; row++) {
      end = Math.addExact(end, values.lengthOf(row));
      offsets.putInt(end);
    }
    return offsets.memory();
  }

  /** Streams lists as {@link #writeFixedWidth} streams vectors, lists without a gap at once. */
  private static void writeLists(BlockFileWriter writer, ValueLocator values, int from, int to)
      throws IOException {
    writer.beginBlock(VALUES);
    for (int row = from; row < to; ) {
      MemorySegment memory = values.memoryOf(row);
      long start = values.offsetOf(row);
      long end = start;
      do {
        end += values.lengthOf(row);
        row++;
      } while (row < to && values.memoryOf(row).equals(memory) && values.offsetOf(row) == end);
      writer.append(memory.asSlice(start, end - start));
    }
    writer.endBlock();
  }

  /**
   * The file's column, reading in place; only the description is checked against damage.
   *
   * @throws CorruptFileException if the blocks do not fit each other
   */
  static MemoryColumn read(BlockFile file) {
    file.verify(DESCRIPTION);
    MemorySegment description = file.block(DESCRIPTION);
    if (description.byteSize() != 24) {
      throw file.corrupt("bytes of description", 24, description.byteSize());
    }
    try {
      return new ColumnImage(
              readType(description),
              description.get(LittleEndian.INT, 0),
              file.optionalBlock(NULL_BITS).orElse(MemorySegment.NULL),
              file.block(OFFSETS),
              file.block(VALUES))
          .toColumn();
    } catch (IllegalArgumentException e) {
      CorruptFileException corrupt =
          new CorruptFileException(
              "column is damaged: file=" + file.name() + " reason=" + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private static ColumnType readType(MemorySegment description) {
    int elementCode = description.get(LittleEndian.INT, 8);
    return new ColumnType(
        typeOf(description.get(LittleEndian.INT, 4)),
        elementCode == 0 ? Optional.empty() : Optional.of(typeOf(elementCode)),
        description.get(LittleEndian.INT, 12));
  }

  private static DataType typeOf(int code) {
    return DataType.fromCode(code)
        .orElseThrow(() -> new IllegalArgumentException("unknown type: code=" + code));
  }
}
