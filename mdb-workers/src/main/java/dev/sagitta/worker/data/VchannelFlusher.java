package dev.sagitta.worker.data;

import dev.sagitta.coordinator.data.OwnershipLostException;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.segment.FlushCut;
import dev.sagitta.query.segment.VchannelState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Carries one flush of a vchannel out: files into the store, then one change of the catalog. Steps
 * that fail are repeated while the session lives: files get the same names and bytes again, and a
 * commit whose answer was lost is recognised in the catalog.
 */
final class VchannelFlusher {
  private static final Logger LOGGER = System.getLogger(VchannelFlusher.class.getName());
  private static final Duration COORDINATOR_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CATALOG_LAG = Duration.ofSeconds(2);

  private final VchannelState state;
  private final SessionLife life;
  private final DataWorkerServices services;
  private final FlushFiles files;
  private final SealedStatistics sealedStatistics;

  VchannelFlusher(VchannelState state, SessionLife life, DataWorkerServices services) {
    this.state = state;
    this.life = life;
    this.services = services;
    this.files = new FlushFiles(state, services);
    this.sealedStatistics = new SealedStatistics(state, services.store());
  }

  /** A new id: of a segment, or of a flush's deltas. */
  long newId() {
    return services.dataCoordinator().allocateSegmentId(Deadline.after(COORDINATOR_TIMEOUT));
  }

  /**
   * Makes the cut durable, and closes it.
   *
   * @param checkpoint of the records that the cut covers
   * @return false if the collection is gone and there is nothing to flush any more
   * @throws OwnershipLostException if another owner has claimed the vchannel
   * @throws SessionEndedException if the session ended first
   */
  boolean flush(FlushCut cut, Map<String, Long> checkpoint) {
    long began = System.nanoTime();
    try (cut) {
      if (cut.isEmpty()) {
        return true;
      }
      Map<Long, DeltaRows> deltas =
          retry("find segments of deletes", () -> sealedStatistics.deltas(cut, sealedSegments()));
      OptionalLong deltaNumber =
          deltas.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(retry("allocate delta number", this::newId));
      FlushFiles.Written written =
          retry("write files", () -> files.write(cut, deltas, deltaNumber));
      if (!written.isEmpty() || !cut.sealedSegments().isEmpty()) {
        CatalogChange.VchannelFlushed flush =
            new CatalogChange.VchannelFlushed(
                state.vchannel(),
                state.ownerEpoch(),
                checkpoint,
                written.chunks(),
                written.deltas(),
                cut.sealedSegments());
        if (!commit(flush)) {
          return false;
        }
      }
      state.committed(cut);
      services
          .metrics()
          .flushed(cut.rowCount(), written.bytes(), Duration.ofNanos(System.nanoTime() - began));
      LOGGER.log(
          Level.DEBUG,
          "flushed: vchannel={0} rows={1} bytes={2} sealed={3}",
          state.vchannel(),
          cut.rowCount(),
          written.bytes(),
          cut.sealedSegments());
      return true;
    }
  }

  private List<SegmentDescriptor> sealedSegments() {
    return services.catalog().current().segmentsOf(state.collectionId()).values().stream()
        .filter(segment -> segment.vchannel().equals(state.vchannel()))
        .filter(segment -> segment.state() == SegmentState.SEALED)
        .toList();
  }

  private boolean commit(CatalogChange.VchannelFlushed flush) {
    return retry(
        "commit flush",
        () -> {
          try {
            services.dataCoordinator().commitFlush(flush, Deadline.after(COORDINATOR_TIMEOUT));
            return true;
          } catch (OwnershipLostException e) {
            return settle(flush, e);
          } catch (RuntimeException e) {
            if (isCommitted(newerCatalog(), flush)) {
              return true;
            }
            throw e;
          }
        });
  }

  /** The catalog, read again from the store if this node may not know the commit yet. */
  private CatalogSnapshot newerCatalog() {
    CatalogSnapshot known = services.catalog().current();
    try {
      return services.catalog().awaitVersion(known.version() + 1, Deadline.after(CATALOG_LAG));
    } catch (SagittaException e) {
      LOGGER.log(Level.DEBUG, "no newer catalog: version={0}", known.version());
      return known;
    }
  }

  /** Finds out why a commit was refused: done before, collection dropped, or ownership lost. */
  private boolean settle(CatalogChange.VchannelFlushed flush, OwnershipLostException refusal) {
    Deadline deadline = Deadline.after(CATALOG_LAG);
    while (true) {
      CatalogSnapshot snapshot = services.catalog().current();
      Optional<VchannelDescriptor> vchannel = snapshot.vchannel(state.vchannel());
      if (vchannel.isEmpty()) {
        return false;
      }
      if (isCommitted(snapshot, flush)) {
        return true;
      }
      if (vchannel.get().ownerEpoch() != state.ownerEpoch()) {
        throw refusal;
      }
      try {
        var _ = services.catalog().awaitVersion(snapshot.version() + 1, deadline);
      } catch (SagittaException e) {
        refusal.addSuppressed(e);
        throw refusal;
      }
    }
  }

  private static boolean isCommitted(
      CatalogSnapshot snapshot, CatalogChange.VchannelFlushed flush) {
    Optional<VchannelDescriptor> vchannel = snapshot.vchannel(flush.vchannel());
    if (vchannel.isEmpty() || vchannel.get().ownerEpoch() != flush.ownerEpoch()) {
      return false;
    }
    Map<Long, SegmentDescriptor> segments = snapshot.segmentsOf(vchannel.get().collectionId());
    for (CatalogChange.FlushedChunk chunk : flush.chunks()) {
      SegmentDescriptor segment = segments.get(chunk.segmentId());
      if (segment != null && segment.chunks().contains(chunk.chunk())) {
        return true;
      }
    }
    for (CatalogChange.FlushedDelta delta : flush.deltas()) {
      SegmentDescriptor segment = segments.get(delta.segmentId());
      if (segment != null && segment.deltas().contains(delta.delta())) {
        return true;
      }
    }
    return false;
  }

  private <T> T retry(String what, Supplier<T> attempt) {
    return life.retry(
        what + " vchannel=" + state.vchannel(),
        () -> {
          try {
            return attempt.get();
          } catch (RuntimeException e) {
            services.metrics().flushFailed();
            throw e;
          }
        },
        OwnershipLostException.class::isInstance);
  }
}
