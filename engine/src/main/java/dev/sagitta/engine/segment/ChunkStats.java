package dev.sagitta.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a chunk without reading its rows: how many, when written, which keys may be
 * there, which values the fields have.
 */
public final class ChunkStats {
  private final int rowCount;
  private final long minTimestamp;
  private final long maxTimestamp;
  private final long primaryKeyFieldId;
  private final BloomFilter keys;
  private final Map<Long, FieldStats> fields;

  ChunkStats(
      int rowCount,
      long minTimestamp,
      long maxTimestamp,
      long primaryKeyFieldId,
      BloomFilter keys,
      Map<Long, FieldStats> fields) {
    this.rowCount = rowCount;
    this.minTimestamp = minTimestamp;
    this.maxTimestamp = maxTimestamp;
    this.primaryKeyFieldId = primaryKeyFieldId;
    this.keys = requireNonNull(keys, "keys is null");
    this.fields = Map.copyOf(fields);
  }

  /** Computes the statistics of the rows {@code from} to {@code to - 1}, at least one. */
  static ChunkStats compute(CollectionSchema schema, ColumnSource source, int from, int to) {
    ValueRange.Longs timestamps =
        (ValueRange.Longs)
            ValueRange.of(source.column(FieldSchema.TIMESTAMP_FIELD_ID), from, to).orElseThrow();
    Map<Long, FieldStats> fields = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields()) {
      if (field.type().isVector()) {
        continue;
      }
      Column column = source.column(field.id());
      int nullCount = 0;
      for (int row = from; column.mayHaveNulls() && row < to; row++) {
        nullCount += column.isNull(row) ? 1 : 0;
      }
      fields.put(field.id(), new FieldStats(nullCount, ValueRange.of(column, from, to)));
    }
    BloomFilter keys = BloomFilter.forKeys(to - from);
    addKeys(source.column(schema.primaryKey().id()), from, to, keys);
    return new ChunkStats(
        to - from, timestamps.min(), timestamps.max(), schema.primaryKey().id(), keys, fields);
  }

  private static void addKeys(Column column, int from, int to, BloomFilter target) {
    if (column instanceof LongColumn integers && column.type() == DataType.INT64) {
      for (int row = from; row < to; row++) {
        target.add(KeyHash.of(integers.longAt(row)));
      }
      return;
    }
    StringColumn strings = (StringColumn) column;
    for (int row = from; row < to; row++) {
      byte[] utf8 = new byte[strings.utf8LengthAt(row)];
      strings.copyUtf8(row, utf8, 0);
      target.add(KeyHash.of(utf8));
    }
  }

  public int rowCount() {
    return rowCount;
  }

  public long minTimestamp() {
    return minTimestamp;
  }

  public long maxTimestamp() {
    return maxTimestamp;
  }

  public long primaryKeyFieldId() {
    return primaryKeyFieldId;
  }

  /** Statistics of a field that is not a vector; empty if the chunk was written without it. */
  public Optional<FieldStats> field(long fieldId) {
    return Optional.ofNullable(fields.get(fieldId));
  }

  Map<Long, FieldStats> fields() {
    return fields;
  }

  BloomFilter keys() {
    return keys;
  }

  /** Whether a row with the key may be in the chunk; false is certain. */
  public boolean mayContain(long key) {
    return keyRange()
            .map(
                range ->
                    range instanceof ValueRange.Longs(long min, long max)
                        && min <= key
                        && key <= max)
            .orElse(true)
        && keys.mayContain(KeyHash.of(key));
  }

  /** Whether a row with the key, as UTF-8, may be in the chunk; false is certain. */
  public boolean mayContain(byte[] utf8) {
    return keyRange()
            .map(range -> range instanceof ValueRange.Strings strings && strings.contains(utf8))
            .orElse(true)
        && keys.mayContain(KeyHash.of(utf8));
  }

  /** Whether a row with one of the keys may be in the chunk; false is certain. */
  public boolean mayContainAny(PrimaryKeys wanted) {
    switch (wanted) {
      case PrimaryKeys.LongKeys integers -> {
        for (long key : integers.values()) {
          if (mayContain(key)) {
            return true;
          }
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        for (String key : strings.values()) {
          if (mayContain(key.getBytes(UTF_8))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private Optional<ValueRange> keyRange() {
    return field(primaryKeyFieldId).flatMap(FieldStats::range);
  }
}
