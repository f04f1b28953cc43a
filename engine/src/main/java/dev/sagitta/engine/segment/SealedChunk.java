package dev.sagitta.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.index.sparse.TermStatistics;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.StorageLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One chunk of a sealed segment, mapped. Immutable. */
final class SealedChunk {
  private final int firstRow;
  private final int rowCount;
  private final ChunkStats stats;
  private final KeyOrder keys;
  private final Map<Long, Column> columns;
  private final Map<Long, BinlogFile> binlogs;

  private SealedChunk(
      int firstRow,
      ChunkStats stats,
      KeyOrder keys,
      Map<Long, Column> columns,
      Map<Long, BinlogFile> binlogs) {
    this.firstRow = firstRow;
    this.rowCount = stats.rowCount();
    this.stats = stats;
    this.keys = keys;
    this.columns = Map.copyOf(columns);
    this.binlogs = Map.copyOf(binlogs);
  }

  /**
   * Maps a chunk.
   *
   * @param firstRow row of the segment with which the chunk begins
   * @param files local file by its name in the store
   */
  static SealedChunk open(
      long collectionId,
      long segmentId,
      CollectionSchema schema,
      ChunkDescriptor chunk,
      int firstRow,
      Function<String, Path> files,
      Arena arena)
      throws IOException {
    String statsName = StorageLayout.stats(collectionId, segmentId, chunk.number());
    MemorySegment statsFile = BlockFile.map(files.apply(statsName), arena);
    ChunkStats stats =
        StatsFile.open(
            statsName, statsFile, new FileIdentity(collectionId, segmentId, 0, chunk.number()));
    requireRows(statsName, chunk, stats.rowCount());
    long primaryKey = schema.primaryKey().id();
    Optional<KeyOrder> keys = Optional.empty();
    Map<Long, Column> columns = new HashMap<>();
    Map<Long, BinlogFile> binlogs = new HashMap<>();
    for (long fieldId : chunk.fieldIds()) {
      boolean wanted =
          fieldId == FieldSchema.TIMESTAMP_FIELD_ID || schema.field(fieldId).isPresent();
      if (!wanted) {
        continue;
      }
      String name = StorageLayout.binlog(collectionId, segmentId, fieldId, chunk.number());
      MemorySegment memory = BlockFile.map(files.apply(name), arena);
      BinlogFile binlog =
          BinlogFile.open(
              name, memory, new FileIdentity(collectionId, segmentId, fieldId, chunk.number()));
      requireRows(name, chunk, binlog.column().rowCount());
      requireType(name, schema, fieldId, ColumnType.of(binlog.column()));
      columns.put(fieldId, binlog.column());
      binlogs.put(fieldId, binlog);
      if (fieldId == primaryKey) {
        keys = Optional.of(binlog.keyOrder());
      }
    }
    KeyOrder keyOrder =
        keys.orElseThrow(
            () ->
                new CorruptFileException(
                    "chunk has no primary key: segmentId=" + segmentId + " chunk=" + chunk));
    return new SealedChunk(firstRow, stats, keyOrder, columns, binlogs);
  }

  private static void requireRows(String name, ChunkDescriptor chunk, int actual) {
    if (actual != chunk.rowCount()) {
      throw new CorruptFileException(
          "file is damaged: file="
              + name
              + " what=number of rows expected="
              + chunk.rowCount()
              + " actual="
              + actual);
    }
  }

  private static void requireType(
      String name, CollectionSchema schema, long fieldId, ColumnType actual) {
    ColumnType expected = schema.field(fieldId).map(ColumnType::of).orElse(ColumnType.TIMESTAMP);
    if (!actual.equals(expected)) {
      throw new CorruptFileException(
          "file is damaged: file="
              + name
              + " what=type expected="
              + expected
              + " actual="
              + actual);
    }
  }

  int rowCount() {
    return rowCount;
  }

  ChunkStats stats() {
    return stats;
  }

  /** The field's values, if the chunk was written with the field. */
  Optional<Column> column(long fieldId) {
    return Optional.ofNullable(columns.get(fieldId));
  }

  /** What BM25 must know about the field's rows, if the chunk was written with the field. */
  Optional<TermStatistics> termStatistics(long fieldId) {
    return Optional.ofNullable(binlogs.get(fieldId)).map(BinlogFile::termStatistics);
  }

  boolean mayContain(PrimaryKeys wanted) {
    return stats.mayContainAny(wanted);
  }

  /** Adds the rows with one of the keys, as row numbers of the segment. */
  void find(PrimaryKeys wanted, RowList target) {
    switch (wanted) {
      case PrimaryKeys.LongKeys integers -> {
        for (long key : integers.values()) {
          if (stats.mayContain(key)) {
            for (int i = keys.lowerBound(key); keys.hasKey(i, key); i++) {
              target.add(firstRow + keys.rowAt(i));
            }
          }
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        for (String text : strings.values()) {
          byte[] key = text.getBytes(UTF_8);
          if (stats.mayContain(key)) {
            for (int i = keys.lowerBound(key); keys.hasKey(i, key); i++) {
              target.add(firstRow + keys.rowAt(i));
            }
          }
        }
      }
    }
  }

  /** Checks the checksums of all files. */
  void verify() {
    binlogs.values().forEach(BinlogFile::verify);
  }
}
