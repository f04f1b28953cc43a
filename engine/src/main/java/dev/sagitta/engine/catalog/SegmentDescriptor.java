package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A segment's durable content: its chunks, the deletes that hit it and its built indexes. */
public record SegmentDescriptor(
    long id,
    long collectionId,
    long partitionId,
    String vchannel,
    SegmentState state,
    List<ChunkDescriptor> chunks,
    List<DeltaDescriptor> deltas,
    List<SegmentIndexDescriptor> indexes) {
  public SegmentDescriptor {
    requireNonNull(vchannel, "vchannel is null");
    requireNonNull(state, "state is null");
    chunks = List.copyOf(chunks);
    deltas = List.copyOf(deltas);
    indexes = List.copyOf(indexes);
  }

  @JsonIgnore
  public int rowCount() {
    return chunks.stream().mapToInt(ChunkDescriptor::rowCount).sum();
  }

  /** Rows of the chunks that hold any row written after the timestamp. */
  public int rowsAfter(long timestamp) {
    return chunks.stream()
        .filter(chunk -> chunk.maxTimestamp() > timestamp)
        .mapToInt(ChunkDescriptor::rowCount)
        .sum();
  }

  @JsonIgnore
  public long sizeInBytes() {
    return chunks.stream().mapToLong(ChunkDescriptor::sizeInBytes).sum();
  }

  public Optional<SegmentIndexDescriptor> index(long indexId) {
    return indexes.stream().filter(index -> index.indexId() == indexId).findFirst();
  }

  /** Whether the segment is complete and all its rows were written at or before the timestamp. */
  public boolean isExpired(long expiredUntil) {
    return state == SegmentState.SEALED
        && chunks.stream().allMatch(chunk -> chunk.maxTimestamp() <= expiredUntil);
  }

  boolean hasChunks() {
    return !chunks.isEmpty();
  }

  boolean hasDelta(long number) {
    return deltas.stream().anyMatch(delta -> delta.number() == number);
  }

  SegmentDescriptor withState(SegmentState newState) {
    return new SegmentDescriptor(
        id, collectionId, partitionId, vchannel, newState, chunks, deltas, indexes);
  }

  SegmentDescriptor withChunk(ChunkDescriptor chunk) {
    List<ChunkDescriptor> newChunks = new ArrayList<>(chunks);
    newChunks.add(chunk);
    return new SegmentDescriptor(
        id, collectionId, partitionId, vchannel, state, newChunks, deltas, indexes);
  }

  SegmentDescriptor withDelta(DeltaDescriptor delta) {
    List<DeltaDescriptor> newDeltas = new ArrayList<>(deltas);
    newDeltas.add(delta);
    return new SegmentDescriptor(
        id, collectionId, partitionId, vchannel, state, chunks, newDeltas, indexes);
  }

  SegmentDescriptor withIndexes(List<SegmentIndexDescriptor> newIndexes) {
    return new SegmentDescriptor(
        id, collectionId, partitionId, vchannel, state, chunks, deltas, newIndexes);
  }
}
