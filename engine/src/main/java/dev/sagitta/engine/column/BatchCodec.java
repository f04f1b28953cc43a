package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Batches as bytes, in log records and between nodes. Decoding copies nothing: the columns read the
 * given memory. Carries neither version nor checksum; the enclosing format does.
 *
 * <p>All numbers are little-endian; positions count from the batch's first byte.
 *
 * <pre>
 * 0   int32 number of rows
 * 4   int32 number of columns
 * 8   one entry of 40 bytes a column:
 *       0  int64 field id
 *       8  int32 type code ({@link DataType#code})
 *       12 int32 element type code, 0 if the type is neither ARRAY nor ARRAY_OF_VECTOR
 *       16 int32 dimension, 0 if the type is no vector with one
 *       20 int32 zero
 *       24 int32 bytes of null bits
 *       28 int32 bytes of offsets
 *       32 int64 bytes of values
 * ..  for each column null bits, offsets and values as {@link ColumnImage} says, each of the three
 *     padded with zeros to a multiple of 8 bytes
 * </pre>
 */
public final class BatchCodec {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 40;

  private BatchCodec() {}

  /** Number of bytes that {@link #encode} appends. */
  public static long encodedSize(ColumnBatch batch) {
    long size = HEADER_BYTES + (long) batch.columns().size() * ENTRY_BYTES;
    for (Column column : batch.columns().values()) {
      ColumnImage image = ColumnImage.of(column);
      size +=
          padded(image.nullBits().byteSize())
              + padded(image.offsets().byteSize())
              + padded(image.values().byteSize());
    }
    return size;
  }

  /** The batch as bytes. */
  public static byte[] encode(ColumnBatch batch) {
    GrowableBytes target = new GrowableBytes(encodedSize(batch));
    encode(batch, target);
    return target.toByteArray();
  }

  /** Appends the batch. */
  public static void encode(ColumnBatch batch, GrowableBytes target) {
    target.putInt(batch.rowCount());
    target.putInt(batch.columns().size());
    List<ColumnImage> images = new ArrayList<>(batch.columns().size());
    batch
        .columns()
        .forEach(
            (fieldId, column) -> {
              ColumnImage image = ColumnImage.of(column);
              images.add(image);
              encodeEntry(fieldId, image, target);
            });
    for (ColumnImage image : images) {
      putPadded(image.nullBits(), target);
      putPadded(image.offsets(), target);
      putPadded(image.values(), target);
    }
  }

  /** Reads a batch that fills the memory, in place. */
  public static ColumnBatch decode(byte[] bytes) {
    return decode(MemorySegment.ofArray(bytes));
  }

  /**
   * Reads a batch that fills the memory, in place.
   *
   * @throws CorruptFileException if the bytes are no batch
   */
  public static ColumnBatch decode(MemorySegment memory) {
    try {
      return decodeChecked(memory);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      CorruptFileException corrupt =
          new CorruptFileException(
              "batch is damaged: bytes=" + memory.byteSize() + " reason=" + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private static ColumnBatch decodeChecked(MemorySegment memory) {
    int rowCount = memory.get(LittleEndian.INT, 0);
    int columnCount = memory.get(LittleEndian.INT, 4);
    long entry = HEADER_BYTES;
    long position = HEADER_BYTES + (long) columnCount * ENTRY_BYTES;
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < columnCount; i++) {
      ColumnType type = decodeType(memory, entry);
      long nullBytes = memory.get(LittleEndian.INT, entry + 24);
      long offsetBytes = memory.get(LittleEndian.INT, entry + 28);
      long valueBytes = memory.get(LittleEndian.LONG, entry + 32);
      MemorySegment nullBits = memory.asSlice(position, nullBytes);
      position += padded(nullBytes);
      MemorySegment offsets = memory.asSlice(position, offsetBytes);
      position += padded(offsetBytes);
      MemorySegment values = memory.asSlice(position, valueBytes);
      position += padded(valueBytes);
      ColumnImage image = new ColumnImage(type, rowCount, nullBits, offsets, values);
      columns.put(memory.get(LittleEndian.LONG, entry), image.toColumn());
      entry += ENTRY_BYTES;
    }
    if (position != memory.byteSize()) {
      throw new IllegalArgumentException("expected=" + position);
    }
    return new ColumnBatch(rowCount, columns);
  }

  private static void encodeEntry(long fieldId, ColumnImage image, GrowableBytes target) {
    ColumnType type = image.type();
    target.putLong(fieldId);
    target.putInt(type.type().code());
    target.putInt(type.elementType().map(DataType::code).orElse(0));
    target.putInt(type.dimension());
    target.putInt(0);
    target.putInt((int) image.nullBits().byteSize());
    target.putInt((int) image.offsets().byteSize());
    target.putLong(image.values().byteSize());
  }

  private static ColumnType decodeType(MemorySegment memory, long entry) {
    int elementCode = memory.get(LittleEndian.INT, entry + 12);
    return new ColumnType(
        decodeCode(memory.get(LittleEndian.INT, entry + 8)),
        elementCode == 0 ? Optional.empty() : Optional.of(decodeCode(elementCode)),
        memory.get(LittleEndian.INT, entry + 16));
  }

  private static DataType decodeCode(int code) {
    return DataType.fromCode(code)
        .orElseThrow(() -> new IllegalArgumentException("unknown type: code=" + code));
  }

  private static long padded(long size) {
    return (size + 7) & -8;
  }

  private static void putPadded(MemorySegment source, GrowableBytes target) {
    target.putMemory(source, 0, (int) source.byteSize());
    target.putZeros((int) (padded(source.byteSize()) - source.byteSize()));
  }
}
