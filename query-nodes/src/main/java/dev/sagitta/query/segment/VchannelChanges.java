package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.GrowingSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * What the log's records change in a vchannel: the segments that take rows, and the deletes that
 * files do not have yet. Guarded by the vchannel's apply lock.
 */
final class VchannelChanges {
  private final Lock visibility;
  private final Map<Long, GrowingEntry> growing = new HashMap<>();
  private final Set<Long> droppedPartitions = new HashSet<>();
  private final DeleteLog deleteLog = new DeleteLog();
  private final RecentDeletes recentDeletes = new RecentDeletes();

  /**
   * @param visibility held while changes are made that searches see together or not at all
   */
  VchannelChanges(Lock visibility) {
    this.visibility = requireNonNull(visibility, "visibility is null");
  }

  /** Whether the partition needs a segment before it can take rows. */
  boolean lacksSegment(long partitionId) {
    return !growing.containsKey(partitionId) && !droppedPartitions.contains(partitionId);
  }

  /** The segment takes its partition's rows from now on. */
  void add(GrowingSegment segment) {
    growing.put(segment.partitionId(), new GrowingEntry(segment));
  }

  /** The segment, if it is one of these, takes no more rows. */
  void remove(long segmentId) {
    growing.values().removeIf(entry -> entry.segment().id() == segmentId);
  }

  /** No segment takes rows any more. */
  void clear() {
    growing.clear();
  }

  /** Rows of the partition are left out from now on. */
  void dropPartition(long partitionId) {
    droppedPartitions.add(partitionId);
  }

  /** The deletes that files do not have yet. */
  DeleteLog deletes() {
    return deleteLog;
  }

  /**
   * Applies a record; it is visible as a whole on return.
   *
   * @param served all segments that searches see
   */
  void apply(LogRecord logRecord, Collection<ServedSegment> served, CollectionSchema schema) {
    long timestamp = logRecord.header().timestamp();
    switch (logRecord) {
      case LogRecord.Insert insert ->
          insert(insert.partitionId(), insert.rows(), timestamp, schema);
      case LogRecord.Delete delete ->
          delete(new AppliedDelete(delete.partitionId(), delete.keys(), timestamp), served);
      case LogRecord.Upsert upsert -> upsert(upsert, timestamp, served, schema);
    }
  }

  /** Whether the policy wants a segment sealed. */
  boolean mustSeal(SealPolicy policy) {
    return growing.values().stream().anyMatch(entry -> entry.mustSeal(policy));
  }

  /** Takes what is to be flushed, and ends the segments to be sealed: they get no more rows. */
  FlushCut cut(SealPolicy policy, CollectionSchema schema) {
    List<FlushCut.Chunk> chunks = new ArrayList<>();
    Map<Long, List<AppliedDelete>> growingDeletes = new HashMap<>();
    Set<Long> sealed = new HashSet<>();
    for (GrowingEntry entry : List.copyOf(growing.values())) {
      GrowingSegment segment = entry.segment();
      if (entry.hasUncutRows()) {
        chunks.add(entry.cutChunk());
      }
      List<AppliedDelete> deletes = entry.cutDeletes();
      if (!deletes.isEmpty()) {
        growingDeletes.put(segment.id(), deletes);
      }
      if (entry.mustSeal(policy)) {
        sealed.add(segment.id());
        growing.remove(segment.partitionId());
      }
    }
    return new FlushCut(
        schema,
        chunks,
        growingDeletes,
        deleteLog.range(deleteLog.flushedPosition(), deleteLog.end()),
        deleteLog.end(),
        sealed);
  }

  private void insert(long partitionId, ColumnBatch rows, long timestamp, CollectionSchema schema) {
    GrowingEntry entry = growing.get(partitionId);
    if (entry == null) {
      if (droppedPartitions.contains(partitionId)) {
        return;
      }
      throw new IllegalStateException("partition was not prepared: partitionId=" + partitionId);
    }
    List<AppliedDelete> younger = youngerDeletes(partitionId, rows, timestamp, schema);
    if (younger.isEmpty()) {
      entry.append(rows, timestamp);
      return;
    }
    visibility.lock();
    try {
      entry.append(rows, timestamp);
      for (AppliedDelete delete : younger) {
        int _ = entry.segment().delete(delete.keys(), delete.timestamp());
        entry.deleted(delete);
      }
    } finally {
      visibility.unlock();
    }
  }

  private List<AppliedDelete> youngerDeletes(
      long partitionId, ColumnBatch rows, long timestamp, CollectionSchema schema) {
    if (recentDeletes.isEmpty()) {
      return List.of();
    }
    List<AppliedDelete> younger = new ArrayList<>();
    recentDeletes.findHidden(
        ColumnBatches.primaryKeys(rows.column(schema.primaryKey().id())),
        partitionId,
        timestamp,
        (key, deleteTimestamp) ->
            younger.add(new AppliedDelete(partitionId, key, deleteTimestamp)));
    return younger;
  }

  private void delete(AppliedDelete delete, Collection<ServedSegment> served) {
    for (ServedSegment entry : served) {
      if (delete.concerns(entry.segment().partitionId())) {
        int _ = entry.segment().delete(delete.keys(), delete.timestamp());
      }
    }
    for (GrowingEntry entry : growing.values()) {
      GrowingSegment segment = entry.segment();
      if (delete.concerns(segment.partitionId())) {
        KeyFilter.retain(delete.keys(), segment::mayContain)
            .ifPresent(
                keys ->
                    entry.deleted(
                        new AppliedDelete(delete.partitionId(), keys, delete.timestamp())));
      }
    }
    deleteLog.add(delete);
    recentDeletes.add(delete);
  }

  private void upsert(
      LogRecord.Upsert upsert,
      long timestamp,
      Collection<ServedSegment> served,
      CollectionSchema schema) {
    PrimaryKeys replaced = VchannelState.replacedKeys(upsert, schema);
    visibility.lock();
    try {
      delete(new AppliedDelete(LogRecord.ALL_PARTITIONS, replaced, timestamp), served);
      insert(upsert.partitionId(), upsert.rows(), timestamp, schema);
    } finally {
      visibility.unlock();
    }
  }
}
