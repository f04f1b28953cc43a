package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ownership of vchannels, and the flushes of their owners. */
final class VchannelTransitions {
  private VchannelTransitions() {}

  static CatalogSnapshot claim(CatalogSnapshot snapshot, CatalogChange.VchannelClaimed change) {
    VchannelDescriptor vchannel = vchannel(snapshot, change.vchannel(), change);
    require(
        change.ownerEpoch() == vchannel.ownerEpoch() + 1, "owner epoch is not the next", change);
    Map<Long, SegmentDescriptor> segments =
        new HashMap<>(snapshot.segmentsOf(vchannel.collectionId()));
    segments.values().removeIf(segment -> isLeftGrowing(segment, vchannel) && !segment.hasChunks());
    segments.replaceAll(
        (id, segment) ->
            isLeftGrowing(segment, vchannel) ? segment.withState(SegmentState.SEALED) : segment);
    return snapshot
        .withVchannel(vchannel.withOwner(Optional.of(change.nodeId()), change.ownerEpoch()))
        .withSegmentsOf(vchannel.collectionId(), Collections.unmodifiableMap(segments));
  }

  static CatalogSnapshot flush(CatalogSnapshot snapshot, CatalogChange.VchannelFlushed change) {
    VchannelDescriptor vchannel = vchannel(snapshot, change.vchannel(), change);
    require(change.ownerEpoch() == vchannel.ownerEpoch(), "owner epoch is another one", change);
    CollectionDescriptor collection = collection(snapshot, vchannel.collectionId(), change);
    Map<Long, SegmentDescriptor> segments = new HashMap<>(snapshot.segmentsOf(collection.id()));
    for (CatalogChange.FlushedChunk flushed : change.chunks()) {
      if (collection.partition(flushed.partitionId()).isPresent()) {
        addChunk(segments, vchannel, flushed, change);
      }
    }
    for (CatalogChange.FlushedDelta flushed : change.deltas()) {
      SegmentDescriptor segment = segments.get(flushed.segmentId());
      if (segment != null) {
        require(!segment.hasDelta(flushed.delta().number()), "delta number is taken", change);
        segments.put(segment.id(), segment.withDelta(flushed.delta()));
      }
    }
    for (long sealed : change.sealedSegments()) {
      segments.computeIfPresent(sealed, (id, segment) -> segment.withState(SegmentState.SEALED));
    }
    return snapshot
        .withVchannel(vchannel.withCheckpoint(change.checkpoint()))
        .withSegmentsOf(collection.id(), Collections.unmodifiableMap(segments));
  }

  private static void addChunk(
      Map<Long, SegmentDescriptor> segments,
      VchannelDescriptor vchannel,
      CatalogChange.FlushedChunk flushed,
      CatalogChange change) {
    SegmentDescriptor segment = segments.get(flushed.segmentId());
    if (segment == null) {
      segment =
          new SegmentDescriptor(
              flushed.segmentId(),
              vchannel.collectionId(),
              flushed.partitionId(),
              vchannel.name(),
              SegmentState.GROWING,
              List.of(),
              List.of(),
              List.of());
    }
    require(segment.vchannel().equals(vchannel.name()), "segment is of another vchannel", change);
    require(
        segment.partitionId() == flushed.partitionId(), "segment is of another partition", change);
    require(segment.state() == SegmentState.GROWING, "segment is sealed", change);
    require(
        flushed.chunk().number() == segment.chunks().size(), "chunk is not the next one", change);
    segments.put(segment.id(), segment.withChunk(flushed.chunk()));
  }

  private static boolean isLeftGrowing(SegmentDescriptor segment, VchannelDescriptor vchannel) {
    return segment.state() == SegmentState.GROWING && segment.vchannel().equals(vchannel.name());
  }

  private static VchannelDescriptor vchannel(
      CatalogSnapshot snapshot, String name, CatalogChange change) {
    VchannelDescriptor vchannel = snapshot.vchannels().get(name);
    require(vchannel != null, "vchannel does not exist", change);
    return vchannel;
  }
}
