package dev.sagitta.worker.data;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.segment.ChunkStats;
import dev.sagitta.engine.segment.StatsFile;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.query.segment.AppliedDelete;
import dev.sagitta.query.segment.FlushCut;
import dev.sagitta.query.segment.KeyFilter;
import dev.sagitta.query.segment.ServedSegment;
import dev.sagitta.query.segment.VchannelState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the segments that a delete must be written to. Segments that this node serves are asked
 * themselves; of others the statistics are read from the store, once.
 */
final class SealedStatistics {
  private static final long FILE_ALIGNMENT = 64;

  private final VchannelState state;
  private final ObjectStoreConnectionFactory store;
  private final Map<Long, List<ChunkStats>> unserved = new HashMap<>();

  SealedStatistics(VchannelState state, ObjectStoreConnectionFactory store) {
    this.state = state;
    this.store = store;
  }

  /** What must be added to which segment's deltas, by segment id. */
  Map<Long, DeltaRows> deltas(FlushCut cut, List<SegmentDescriptor> sealedSegments) {
    Map<Long, DeltaRows> deltas = new HashMap<>();
    cut.growingDeletes()
        .forEach((segmentId, deletes) -> deletes.forEach(delete -> add(deltas, segmentId, delete)));
    forgetOthers(sealedSegments);
    if (cut.deletes().isEmpty()) {
      return deltas;
    }
    for (SegmentDescriptor segment : sealedSegments) {
      Predicate<PrimaryKeys> mayContain = mayContain(segment);
      for (AppliedDelete delete : cut.deletes()) {
        if (delete.concerns(segment.partitionId())) {
          KeyFilter.retain(delete.keys(), mayContain)
              .ifPresent(
                  keys ->
                      add(
                          deltas,
                          segment.id(),
                          new AppliedDelete(delete.partitionId(), keys, delete.timestamp())));
        }
      }
    }
    return deltas;
  }

  private static void add(Map<Long, DeltaRows> deltas, long segmentId, AppliedDelete delete) {
    deltas.computeIfAbsent(segmentId, _ -> new DeltaRows()).add(delete);
  }

  private Predicate<PrimaryKeys> mayContain(SegmentDescriptor segment) {
    Optional<ServedSegment> served = state.servedSegment(segment.id());
    if (served.isPresent()) {
      return served.get().segment()::mayContain;
    }
    List<ChunkStats> statistics =
        unserved.computeIfAbsent(segment.id(), _ -> readStatistics(segment));
    return keys -> statistics.stream().anyMatch(chunk -> chunk.mayContainAny(keys));
  }

  private List<ChunkStats> readStatistics(SegmentDescriptor segment) {
    List<ChunkStats> statistics = new ArrayList<>();
    try (ObjectStore connection = store.connect()) {
      for (ChunkDescriptor chunk : segment.chunks()) {
        String key = StorageLayout.stats(segment.collectionId(), segment.id(), chunk.number());
        byte[] bytes = connection.get(key);
        MemorySegment memory = Arena.ofAuto().allocate(bytes.length, FILE_ALIGNMENT);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
        statistics.add(
            StatsFile.open(
                key,
                memory,
                new FileIdentity(segment.collectionId(), segment.id(), 0, chunk.number())));
      }
    }
    return statistics;
  }

  private void forgetOthers(List<SegmentDescriptor> sealedSegments) {
    Set<Long> ids = new HashSet<>();
    sealedSegments.forEach(segment -> ids.add(segment.id()));
    unserved.keySet().removeIf(id -> !ids.contains(id) || state.servedSegment(id).isPresent());
  }
}
