package dev.sagitta.query.load;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.segment.SegmentHolder;
import dev.sagitta.query.segment.VchannelState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the sealed segments of this node's vchannels as the catalog wants them. Each change of the
 * catalog, each new vchannel and each retry that is due reconciles the vchannel; loads run a few at
 * a time.
 */
public final class SegmentLoader implements AutoCloseable {
  private final SegmentHolder holder;
  private final CatalogFollower catalog;
  private final SegmentOpener opener;
  private final Executor loads;
  private final ScheduledExecutorService scheduler;
  private final NodeMetrics metrics;
  private final ConcurrentHashMap<VchannelState, VchannelLoader> loaders =
      new ConcurrentHashMap<>();
  private final Consumer<CatalogSnapshot> catalogListener = this::reconcileAll;
  private volatile boolean closed;

  /**
   * @param loads runs loads and what prepares them; should be limited to a few at a time
   * @param scheduler starts retries
   */
  public SegmentLoader(
      SegmentHolder holder,
      CatalogFollower catalog,
      SegmentOpener opener,
      Executor loads,
      ScheduledExecutorService scheduler,
      NodeMetrics metrics) {
    this.holder = requireNonNull(holder, "holder is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.opener = requireNonNull(opener, "opener is null");
    this.loads = requireNonNull(loads, "loads is null");
    this.scheduler = requireNonNull(scheduler, "scheduler is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
  }

  public void start() {
    holder.onClaimed(this::reconcile);
    catalog.addListener(catalogListener);
    reconcileAll(catalog.current());
  }

  @Override
  public void close() {
    closed = true;
    catalog.removeListener(catalogListener);
  }

  /** Progress of this node's vchannels of the collection. */
  public LoadProgress progress(long collectionId) {
    LoadProgress progress = LoadProgress.NOTHING_WANTED;
    CatalogSnapshot snapshot = catalog.current();
    for (VchannelState state : holder.states()) {
      if (state.collectionId() == collectionId) {
        progress = progress.plus(loader(state).progress(snapshot));
      }
    }
    return progress;
  }

  /** Progress of one vchannel. */
  public LoadProgress progress(VchannelState state, CatalogSnapshot snapshot) {
    return loader(state).progress(snapshot);
  }

  /** The sealed segments of the vchannel that are to be served. */
  public List<SegmentDescriptor> wanted(VchannelState state, CatalogSnapshot snapshot) {
    return loader(state).wanted(snapshot);
  }

  private void reconcileAll(CatalogSnapshot unused) {
    loaders.keySet().removeIf(state -> holder.find(state.vchannel()).orElse(null) != state);
    holder.states().forEach(this::reconcile);
  }

  private void reconcile(VchannelState state) {
    if (!closed) {
      loader(state).reconcileSoon();
    }
  }

  private void reconcileAfter(VchannelState state, Duration delay) {
    var _ = scheduler.schedule(() -> reconcile(state), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private VchannelLoader loader(VchannelState state) {
    VchannelLoader known = loaders.get(state);
    return known != null
        ? known
        : loaders.computeIfAbsent(
            state,
            key -> new VchannelLoader(key, catalog, opener, loads, this::reconcileAfter, metrics));
  }
}
