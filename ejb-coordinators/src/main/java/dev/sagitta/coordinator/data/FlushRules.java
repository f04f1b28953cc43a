package dev.sagitta.coordinator.data;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogConflictException;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.storage.StorageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether and how a flush is committed. */
final class FlushRules {
  private FlushRules() {}

  /**
   * The changes of a flush; none if the snapshot shows it already (its answer was lost).
   *
   * @param removed whether garbage collection has removed a key
   * @throws OwnershipLostException if the flush is not the owner's, or does not fit what is there
   */
  static List<CatalogChange> changes(
      CatalogSnapshot snapshot, CatalogChange.VchannelFlushed flush, Predicate<String> removed) {
    VchannelDescriptor vchannel = snapshot.vchannels().get(flush.vchannel());
    if (vchannel == null) {
      throw new OwnershipLostException("vchannel was dropped: vchannel=" + flush.vchannel());
    }
    if (vchannel.ownerEpoch() != flush.ownerEpoch()) {
      throw new OwnershipLostException(
          "vchannel has another owner: vchannel="
              + flush.vchannel()
              + " ownerEpoch="
              + flush.ownerEpoch()
              + " current="
              + vchannel.ownerEpoch()
              + " owner="
              + vchannel.ownerNodeId().orElse("none"));
    }
    if (isCommitted(snapshot, vchannel, flush)) {
      return List.of();
    }
    Optional<String> lost =
        keys(vchannel.collectionId(), flush).stream().filter(removed).findFirst();
    if (lost.isPresent()) {
      throw new OwnershipLostException(
          "flush names a file that was removed as garbage: file=" + lost.get());
    }
    try {
      var _ = snapshot.apply(flush);
    } catch (CatalogConflictException e) {
      throw new OwnershipLostException("flush does not fit: reason=" + e.getMessage());
    }
    return List.of(flush);
  }

  private static boolean isCommitted(
      CatalogSnapshot snapshot, VchannelDescriptor vchannel, CatalogChange.VchannelFlushed flush) {
    if (!vchannel.checkpoint().equals(flush.checkpoint())) {
      return false;
    }
    CollectionDescriptor collection = snapshot.collections().get(vchannel.collectionId());
    for (CatalogChange.FlushedChunk flushed : flush.chunks()) {
      SegmentDescriptor segment = segment(snapshot, vchannel, flushed.segmentId());
      boolean expected = collection.partition(flushed.partitionId()).isPresent();
      if (expected && (segment == null || !segment.chunks().contains(flushed.chunk()))) {
        return false;
      }
    }
    for (CatalogChange.FlushedDelta flushed : flush.deltas()) {
      SegmentDescriptor segment = segment(snapshot, vchannel, flushed.segmentId());
      if (segment != null && !segment.deltas().contains(flushed.delta())) {
        return false;
      }
    }
    for (long sealed : flush.sealedSegments()) {
      SegmentDescriptor segment = segment(snapshot, vchannel, sealed);
      if (segment != null && segment.state() != SegmentState.SEALED) {
        return false;
      }
    }
    return true;
  }

  private static SegmentDescriptor segment(
      CatalogSnapshot snapshot, VchannelDescriptor vchannel, long segmentId) {
    return snapshot.segmentsOf(vchannel.collectionId()).get(segmentId);
  }

  /** The files that the flush names. */
  private static List<String> keys(long collectionId, CatalogChange.VchannelFlushed flush) {
    List<String> keys = new ArrayList<>();
    for (CatalogChange.FlushedChunk flushed : flush.chunks()) {
      long number = flushed.chunk().number();
      for (long fieldId : flushed.chunk().fieldIds()) {
        keys.add(StorageLayout.binlog(collectionId, flushed.segmentId(), fieldId, number));
      }
      keys.add(StorageLayout.stats(collectionId, flushed.segmentId(), number));
    }
    for (CatalogChange.FlushedDelta flushed : flush.deltas()) {
      keys.add(StorageLayout.delta(collectionId, flushed.segmentId(), flushed.delta().number()));
    }
    return keys;
  }
}
