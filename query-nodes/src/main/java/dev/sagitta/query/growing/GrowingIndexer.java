package dev.sagitta.query.growing;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.index.GrowingVectorIndexes;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.query.segment.SegmentHolder;
import dev.sagitta.query.segment.ServedSegment;
import dev.sagitta.query.segment.VchannelState;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps searches fast while rows stream in: growing segments above a size get an index that one
 * background thread fills in small steps, as far as the rows are searched. Searches use the index
 * for the rows it has and scan the rest, so results never depend on how far it is.
 */
public final class GrowingIndexer implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(GrowingIndexer.class.getName());
  private static final long PERIOD_MILLIS = 200;
  private static final int STEP_ROWS = 256;

  private final SegmentHolder holder;
  private final CatalogFollower catalog;
  private final int minimumRows;
  private final Executor executor;
  private final ScheduledExecutorService scheduler;
  private final AtomicBoolean running = new AtomicBoolean();
  private final Set<Attached> attached = new HashSet<>();
  private volatile boolean closed;
  private ScheduledFuture<?> ticks;

  /**
   * @param minimumRows growing segments with fewer rows are scanned, but for BM25
   * @param executor runs one pass at a time
   */
  public GrowingIndexer(
      SegmentHolder holder,
      CatalogFollower catalog,
      int minimumRows,
      Executor executor,
      ScheduledExecutorService scheduler) {
    this.holder = requireNonNull(holder, "holder is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.minimumRows = minimumRows;
    this.executor = requireNonNull(executor, "executor is null");
    this.scheduler = requireNonNull(scheduler, "scheduler is null");
  }

  public synchronized void start() {
    ticks =
        scheduler.scheduleWithFixedDelay(
            this::passSoon, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  private void passSoon() {
    if (!closed && running.compareAndSet(false, true)) {
      try {
        executor.execute(this::pass);
      } catch (RuntimeException e) {
        running.set(false);
        LOGGER.log(Level.DEBUG, "interim indexing is put off", e);
      }
    }
  }

  private void pass() {
    try {
      Set<Long> growing = new HashSet<>();
      for (VchannelState state : holder.states()) {
        for (ServedSegment served : state.servedSegments()) {
          if (served.segment() instanceof GrowingSegment segment) {
            growing.add(segment.id());
            index(state, segment);
          }
        }
      }
      attached.removeIf(index -> !growing.contains(index.segmentId()));
    } finally {
      running.set(false);
    }
  }

  private void index(VchannelState state, GrowingSegment segment) {
    try {
      catalog
          .current()
          .collection(state.collectionId())
          .ifPresent(
              collection -> {
                index(collection, segment);
                indexTexts(collection, segment);
              });
    } catch (IllegalStateException e) {
      LOGGER.log(Level.DEBUG, "growing segment went away: segmentId={0}", segment.id());
    }
  }

  private void index(CollectionDescriptor collection, GrowingSegment segment) {
    for (FieldSchema field : collection.schema().vectorFields()) {
      collection
          .indexOfField(field.id())
          .filter(IndexDescriptor::isVectorIndex)
          .filter(index -> segment.rowCount() >= minimumRows(index))
          .ifPresent(
              index -> {
                boolean first = attached.add(new Attached(segment.id(), index.id()));
                fill(segment, field, index, first);
              });
    }
  }

  /** An index of BM25 also counts what every search of the collection must know. */
  private int minimumRows(IndexDescriptor index) {
    return index.metric().filter(MetricType.BM25::equals).isPresent() ? 1 : minimumRows;
  }

  /** Unlike vectors a few texts are worth an index too: to cut them is what costs. */
  private void indexTexts(CollectionDescriptor collection, GrowingSegment segment) {
    if (!collection.isServed(segment.partitionId())) {
      return;
    }
    for (FieldSchema field : collection.schema().fields()) {
      int left = field.matched() ? 1 : 0;
      while (!closed && left > 0) {
        left = segment.indexNextTexts(field.id(), STEP_ROWS);
      }
    }
  }

  private void fill(
      GrowingSegment segment, FieldSchema field, IndexDescriptor index, boolean first) {
    if (first) {
      MetricType metric = index.metric().orElseThrow();
      VectorIndexType family = VectorIndexTypes.get(index.indexType());
      GrowingVectorIndexes.create(
              family, field.type(), metric, field.dimension(), index.parameters())
          .ifPresent(growing -> segment.attachIndex(field.id(), metric, growing));
    }
    int rows = segment.rowsWorthIndexing(field.id());
    while (!closed && rows > 0) {
      segment.indexNext(field.id(), Math.min(rows, STEP_ROWS));
      rows = segment.rowsWorthIndexing(field.id());
    }
  }

  /** An index that a growing segment has been given. */
  private record Attached(long segmentId, long indexId) {}
}
