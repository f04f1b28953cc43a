package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.FileKind;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of a chunk. A {@link BlockFile} of kind STATS whose identity is collection,
 * segment, 0 and chunk, with the blocks
 *
 * <pre>
 * 1 summary, 32 bytes
 *     0  int32 number of rows
 *     4  int32 zero
 *     8  int64 smallest timestamp of a row
 *     16 int64 largest timestamp of a row
 *     24 int64 field id of the primary key
 * 2 bloom filter of the primary keys' hashes, see {@link BloomFilter} and {@link KeyHash}
 * 3 fields: int64 number of entries, then for each, from a multiple of 8 on
 *     0  int64 field id
 *     8  int32 number of null rows
 *     12 int32 kind of range: 0 none, 1 int64, 2 double, 3 strings
 *     16 kinds 1 and 2: smallest and largest value, 8 bytes each
 *        kind 3: int32 bytes of the smallest value, int32 bytes of the largest, both as UTF-8,
 *        zeros to a multiple of 8
 * </pre>
 */
public final class StatsFile {
  private static final int SUMMARY = 1;
  private static final int BLOOM_FILTER = 2;
  private static final int FIELDS = 3;
  private static final int SUMMARY_BYTES = 32;
  private static final int RANGE_NONE = 0;
  private static final int RANGE_LONGS = 1;
  private static final int RANGE_DOUBLES = 2;
  private static final int RANGE_STRINGS = 3;

  private StatsFile() {}

  /**
   * Writes statistics.
   *
   * @return bytes written
   */
  public static long write(WritableByteChannel channel, FileIdentity identity, ChunkStats stats)
      throws IOException {
    BlockFileWriter writer = new BlockFileWriter(channel, FileKind.STATS, identity);
    GrowableBytes summary = new GrowableBytes(SUMMARY_BYTES);
    summary.putInt(stats.rowCount());
    summary.putInt(0);
    summary.putLong(stats.minTimestamp());
    summary.putLong(stats.maxTimestamp());
    summary.putLong(stats.primaryKeyFieldId());
    writer.block(SUMMARY, summary.memory());
    writer.block(BLOOM_FILTER, stats.keys().memory());
    GrowableBytes fields = new GrowableBytes(1024);
    fields.putLong(stats.fields().size());
    stats.fields().forEach((fieldId, field) -> putField(fieldId, field, fields));
    writer.block(FIELDS, fields.memory());
    return writer.finish();
  }

  /**
   * Opens and verifies a stats file; the bloom filter stays in place, the rest is copied.
   *
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used
   */
  public static ChunkStats open(String name, MemorySegment memory, FileIdentity identity) {
    requireNonNull(name, "name is null");
    BlockFile file = BlockFile.open(name, memory, FileKind.STATS, identity);
    file.verify();
    MemorySegment summary = file.block(SUMMARY);
    if (summary.byteSize() != SUMMARY_BYTES) {
      throw file.corrupt("bytes of summary", SUMMARY_BYTES, summary.byteSize());
    }
    MemorySegment bloomFilter = file.block(BLOOM_FILTER);
    if (bloomFilter.byteSize() == 0) {
      throw file.corrupt("bytes of bloom filter of at least", 1, 0);
    }
    return new ChunkStats(
        summary.get(LittleEndian.INT, 0),
        summary.get(LittleEndian.LONG, 8),
        summary.get(LittleEndian.LONG, 16),
        summary.get(LittleEndian.LONG, 24),
        new BloomFilter(bloomFilter),
        readFields(file));
  }

  private static void putField(long fieldId, FieldStats field, GrowableBytes target) {
    target.putLong(fieldId);
    target.putInt(field.nullCount());
    if (field.range().isEmpty()) {
      target.putInt(RANGE_NONE);
      return;
    }
    switch (field.range().get()) {
      case ValueRange.Longs(long min, long max) -> {
        target.putInt(RANGE_LONGS);
        target.putLong(min);
        target.putLong(max);
      }
      case ValueRange.Doubles(double min, double max) -> {
        target.putInt(RANGE_DOUBLES);
        target.putLong(Double.doubleToRawLongBits(min));
        target.putLong(Double.doubleToRawLongBits(max));
      }
      case ValueRange.Strings(byte[] min, byte[] max) -> {
        target.putInt(RANGE_STRINGS);
        target.putInt(min.length);
        target.putInt(max.length);
        target.putBytes(min, 0, min.length);
        target.putBytes(max, 0, max.length);
        target.putZeros(-target.size() & 7);
      }
    }
  }

  private static Map<Long, FieldStats> readFields(BlockFile file) {
    MemorySegment block = file.block(FIELDS);
    try {
      Map<Long, FieldStats> fields = new LinkedHashMap<>();
      long count = block.get(LittleEndian.LONG, 0);
      long position = Long.BYTES;
      for (long i = 0; i < count; i++) {
        Optional<ValueRange> range = readRange(block, position + 12);
        fields.put(
            block.get(LittleEndian.LONG, position),
            new FieldStats(block.get(LittleEndian.INT, position + 8), range));
        position += 16 + rangeBytes(range);
      }
      return fields;
    } catch (IndexOutOfBoundsException e) {
      CorruptFileException corrupt =
          new CorruptFileException(
              "statistics end too early: file="
                  + file.name()
                  + " expected="
                  + e.getMessage()
                  + " actual="
                  + block.byteSize());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private static Optional<ValueRange> readRange(MemorySegment block, long position) {
    long values = position + Integer.BYTES;
    int kind = block.get(LittleEndian.INT, position);
    return switch (kind) {
      case RANGE_LONGS ->
          Optional.of(
              new ValueRange.Longs(
                  block.get(LittleEndian.LONG, values),
                  block.get(LittleEndian.LONG, values + Long.BYTES)));
      case RANGE_DOUBLES ->
          Optional.of(
              new ValueRange.Doubles(
                  block.get(LittleEndian.DOUBLE, values),
                  block.get(LittleEndian.DOUBLE, values + Double.BYTES)));
      case RANGE_STRINGS -> {
        long minBytes = block.get(LittleEndian.INT, values);
        long maxBytes = block.get(LittleEndian.INT, values + Integer.BYTES);
        byte[] min = block.asSlice(values + 8, minBytes).toArray(LittleEndian.BYTE);
        byte[] max = block.asSlice(values + 8 + minBytes, maxBytes).toArray(LittleEndian.BYTE);
        yield Optional.of(new ValueRange.Strings(min, max));
      }
      default -> Optional.empty();
    };
  }

  private static long rangeBytes(Optional<ValueRange> range) {
    if (range.isEmpty()) {
      return 0;
    }
    return range.get() instanceof ValueRange.Strings(byte[] min, byte[] max)
        ? 8 + ((min.length + max.length + 7L) & -8)
        : 16;
  }
}
