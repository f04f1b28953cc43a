package dev.sagitta.query.load;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.segment.LoadTicket;
import dev.sagitta.query.segment.ServedSegment;
import dev.sagitta.query.segment.VchannelState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Reconciles one vchannel: compares what is served with the catalog and does what is missing. */
final class VchannelLoader {
  private static final Logger LOGGER = System.getLogger(VchannelLoader.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final VchannelState state;
  private final CatalogFollower catalog;
  private final SegmentOpener opener;
  private final Executor loads;
  private final BiConsumer<VchannelState, Duration> retry;
  private final NodeMetrics metrics;

  private final AtomicBoolean scheduled = new AtomicBoolean();

  private volatile Wanted lastWanted = new Wanted(-1, List.of());

  /** Segments that are worked on; guarded by this, like the next two. */
  private final Set<Long> busy = new HashSet<>();

  private final Map<Long, LoadFailure> failures = new HashMap<>();
  private final Map<Long, Long> retryNanos = new HashMap<>();

  /** The segments to be served as one snapshot says. */
  private record Wanted(long catalogVersion, List<SegmentDescriptor> segments) {}

  VchannelLoader(
      VchannelState state,
      CatalogFollower catalog,
      SegmentOpener opener,
      Executor loads,
      BiConsumer<VchannelState, Duration> retry,
      NodeMetrics metrics) {
    this.state = state;
    this.catalog = catalog;
    this.opener = opener;
    this.loads = loads;
    this.retry = retry;
    this.metrics = metrics;
  }

  /** Reconciles once more, on another thread; calls before it begins are one. */
  void reconcileSoon() {
    if (scheduled.compareAndSet(false, true)) {
      loads.execute(
          () -> {
            scheduled.set(false);
            reconcile();
          });
    }
  }

  LoadProgress progress(CatalogSnapshot snapshot) {
    long wantedRows = 0;
    long servedRows = 0;
    int servedSegments = 0;
    List<SegmentDescriptor> wanted = wanted(snapshot);
    for (SegmentDescriptor segment : wanted) {
      wantedRows += segment.rowCount();
      if (state.servedSegment(segment.id()).isPresent()) {
        servedRows += segment.rowCount();
        servedSegments++;
      }
    }
    synchronized (this) {
      return new LoadProgress(
          wantedRows,
          servedRows,
          wanted.size(),
          servedSegments,
          new ArrayList<>(failures.values()));
    }
  }

  private void reconcile() {
    CatalogSnapshot snapshot = catalog.current();
    if (state.isClosed() || snapshot.vchannel(state.vchannel()).isEmpty()) {
      return;
    }
    snapshot
        .collection(state.collectionId())
        .ifPresent(collection -> state.updateSchema(collection.schema(), snapshot.version()));
    dropUnwanted(snapshot);
    List<SegmentDescriptor> wanted = wanted(snapshot);
    forgetFailuresOfOthers(wanted);
    for (SegmentDescriptor segment : wanted) {
      Optional<ServedSegment> served = state.servedSegment(segment.id());
      boolean loaded = served.isPresent() && served.get().origin() == ServedSegment.Origin.LOADED;
      if (!loaded) {
        begin(segment.id(), () -> load(segment.id()));
      } else if (!served.get().builds().equals(builds(segment))) {
        begin(segment.id(), () -> attach(segment.id()));
      }
    }
  }

  private synchronized void forgetFailuresOfOthers(List<SegmentDescriptor> wanted) {
    Set<Long> ids = new HashSet<>();
    wanted.forEach(segment -> ids.add(segment.id()));
    failures.keySet().retainAll(ids);
    retryNanos.keySet().retainAll(ids);
  }

  private void dropUnwanted(CatalogSnapshot snapshot) {
    Optional<CollectionDescriptor> collection = snapshot.collection(state.collectionId());
    if (collection.isEmpty()) {
      return;
    }
    long expiredUntil = collection.get().expiredUntil(System.currentTimeMillis());
    Map<Long, SegmentDescriptor> segments = snapshot.segmentsOf(state.collectionId());
    for (ServedSegment served : state.servedSegments()) {
      long partitionId = served.segment().partitionId();
      if (collection.get().partition(partitionId).isEmpty()) {
        state.dropPartition(partitionId);
        continue;
      }
      SegmentDescriptor segment = segments.get(served.id());
      boolean unwanted =
          switch (served.origin()) {
            case GROWING -> false;
            case SEALED_IN_MEMORY ->
                segment == null
                    ? served.segment().maxTimestamp() <= expiredUntil
                    : segment.state() == SegmentState.SEALED
                        && !collection.get().isServed(partitionId);
            case LOADED -> segment == null || !collection.get().isServed(partitionId);
          };
      if (unwanted) {
        state.drop(served.id());
      }
    }
  }

  /** The sealed segments that are to be served; every read asks, mostly with the same snapshot. */
  List<SegmentDescriptor> wanted(CatalogSnapshot snapshot) {
    Wanted known = lastWanted;
    if (known.catalogVersion != snapshot.version()) {
      known = new Wanted(snapshot.version(), computeWanted(snapshot));
      lastWanted = known;
    }
    return known.segments;
  }

  private List<SegmentDescriptor> computeWanted(CatalogSnapshot snapshot) {
    Optional<CollectionDescriptor> collection = snapshot.collection(state.collectionId());
    if (collection.isEmpty()) {
      return List.of();
    }
    return snapshot.segmentsOf(state.collectionId()).values().stream()
        .filter(segment -> segment.vchannel().equals(state.vchannel()))
        .filter(segment -> segment.state() == SegmentState.SEALED)
        .filter(segment -> collection.get().isServed(segment.partitionId()))
        .toList();
  }

  private static Set<Long> builds(SegmentDescriptor segment) {
    Set<Long> builds = new HashSet<>();
    for (SegmentIndexDescriptor index : segment.indexes()) {
      if (index.fileName().isPresent()) {
        builds.add(index.buildId());
      }
    }
    return builds;
  }

  private void begin(long segmentId, Runnable work) {
    synchronized (this) {
      Long retryAt = retryNanos.get(segmentId);
      boolean waits = retryAt != null && System.nanoTime() - retryAt < 0;
      if (waits || !busy.add(segmentId)) {
        return;
      }
    }
    loads.execute(() -> attempt(segmentId, work));
  }

  private void attempt(long segmentId, Runnable work) {
    try {
      work.run();
      synchronized (this) {
        failures.remove(segmentId);
        retryNanos.remove(segmentId);
        busy.remove(segmentId);
      }
      reconcileSoon();
    } catch (RuntimeException e) {
      failed(segmentId, e);
    }
  }

  private void failed(long segmentId, RuntimeException failure) {
    metrics.segmentLoadFailed();
    int attempts;
    Duration pause;
    synchronized (this) {
      LoadFailure before = failures.get(segmentId);
      attempts = before == null ? 1 : before.attempts() + 1;
      pause = pause(attempts);
      failures.put(segmentId, new LoadFailure(segmentId, attempts, failure.toString()));
      retryNanos.put(segmentId, System.nanoTime() + pause.toNanos());
      busy.remove(segmentId);
    }
    LOGGER.log(
        Level.WARNING,
        "segment not loaded, will be tried again: vchannel={0} segmentId={1} attempts={2}"
            + " reason={3}",
        state.vchannel(),
        Long.toString(segmentId),
        attempts,
        failure.toString());
    retry.accept(state, pause);
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 16));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void load(long segmentId) {
    long began = System.nanoTime();
    LoadTicket ticket = state.beginLoad();
    try {
      CatalogSnapshot snapshot = catalog.current();
      SegmentDescriptor segment = snapshot.segmentsOf(state.collectionId()).get(segmentId);
      Optional<CollectionDescriptor> collection = snapshot.collection(state.collectionId());
      if (segment == null || collection.isEmpty()) {
        return;
      }
      SegmentOpener.Opened opened = opener.open(collection.get(), segment);
      publish(ticket, opened);
    } finally {
      state.endLoad(ticket);
    }
    metrics.segmentLoaded(Duration.ofNanos(System.nanoTime() - began));
  }

  private void publish(LoadTicket ticket, SegmentOpener.Opened opened) {
    boolean published = false;
    try {
      published = state.publish(ticket, opened.segment(), opened.builds());
    } finally {
      if (!published) {
        opened.segment().close();
      }
    }
  }

  private void attach(long segmentId) {
    CatalogSnapshot snapshot = catalog.current();
    SegmentDescriptor segment = snapshot.segmentsOf(state.collectionId()).get(segmentId);
    Optional<CollectionDescriptor> collection = snapshot.collection(state.collectionId());
    Optional<ServedSegment> served = state.servedSegment(segmentId);
    if (segment == null || collection.isEmpty() || served.isEmpty()) {
      return;
    }
    state.attached(
        segmentId,
        opener.attach(served.get().segment(), collection.get(), segment, served.get().builds()));
  }
}
