package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.log.LogHeader;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.log.LogRecordCodec;
import dev.sagitta.proxy.CollectionNow;
import dev.sagitta.proxy.KeyLists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Encodes one request's records, without timestamp and sequence, and splits those that are too
 * large by rows.
 */
final class RecordEncoder {
  private static final PrimaryKeys KEYS_OF_ROWS = new PrimaryKeys.LongKeys(new long[0]);

  private final CollectionNow collection;
  private final LogHeader unstamped;
  private final int maximumBytes;
  private final List<WalEntry> entries = new ArrayList<>();

  /**
   * @param maximumBytes of one record
   */
  RecordEncoder(CollectionNow collection, String producer, int maximumBytes) {
    this.collection = requireNonNull(collection, "collection is null");
    this.maximumBytes = maximumBytes;
    this.unstamped =
        new LogHeader(
            0, producer, 0, collection.descriptor().id(), collection.snapshot().version());
  }

  void insert(int shard, long partitionId, ColumnBatch rows) {
    addRows(shard, rows, part -> new LogRecord.Insert(unstamped, partitionId, part));
  }

  /** The rows replace older ones of their keys. */
  void upsert(int shard, long partitionId, ColumnBatch rows) {
    addRows(shard, rows, part -> new LogRecord.Upsert(unstamped, partitionId, KEYS_OF_ROWS, part));
  }

  /** Deletes the keys, each from the shard it belongs to. */
  void delete(int[] shards, long partitionId, PrimaryKeys keys) {
    int[][] rows = ColumnBatches.rowsByTarget(shards, collection.descriptor().vchannels().size());
    for (int shard = 0; shard < rows.length; shard++) {
      addKeys(shard, partitionId, keys, rows[shard]);
    }
  }

  /** What was added so far, in order. */
  List<WalEntry> entries() {
    return List.copyOf(entries);
  }

  private void addRows(int shard, ColumnBatch rows, Function<ColumnBatch, LogRecord> toRecord) {
    if (rows.rowCount() == 0) {
      return;
    }
    LogRecord logRecord = toRecord.apply(rows);
    long size = LogRecordCodec.estimatedSize(logRecord);
    if (size <= maximumBytes) {
      addEntry(shard, logRecord);
      return;
    }
    if (rows.rowCount() == 1) {
      throw SagittaException.invalidParameter(
          "row is too large: bytes=" + size + " maximum=" + maximumBytes);
    }
    int parts = (int) Math.min(rows.rowCount(), Math.ceilDiv(size, maximumBytes));
    int rowsPerPart = Math.ceilDiv(rows.rowCount(), parts);
    for (int from = 0; from < rows.rowCount(); from += rowsPerPart) {
      int to = Math.min(rows.rowCount(), from + rowsPerPart);
      addRows(shard, ColumnBatches.select(rows, IntStream.range(from, to).toArray()), toRecord);
    }
  }

  private void addKeys(int shard, long partitionId, PrimaryKeys keys, int[] selected) {
    if (selected.length == 0) {
      return;
    }
    LogRecord.Delete logRecord =
        new LogRecord.Delete(unstamped, partitionId, KeyLists.select(keys, selected));
    if (selected.length == 1 || LogRecordCodec.estimatedSize(logRecord) <= maximumBytes) {
      addEntry(shard, logRecord);
      return;
    }
    int half = selected.length / 2;
    addKeys(shard, partitionId, keys, Arrays.copyOfRange(selected, 0, half));
    addKeys(shard, partitionId, keys, Arrays.copyOfRange(selected, half, selected.length));
  }

  private void addEntry(int shard, LogRecord logRecord) {
    String vchannel = collection.descriptor().vchannels().get(shard);
    entries.add(
        new WalEntry(collection.pchannelOf(vchannel), vchannel, LogRecordCodec.encode(logRecord)));
  }
}
