package dev.sagitta.worker.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.index.IndexBuildTask;
import dev.sagitta.coordinator.index.IndexCoordinator;
import dev.sagitta.engine.catalog.CatalogJson;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.segment.Segment;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.storage.UnusableFileException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.load.SegmentOpener;
import dev.sagitta.query.metrics.NodeMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Builds what the index coordinator asks for. A task is acknowledged when its result is committed
 * or nobody wants it any more; when this process dies, the broker gives the task to another worker,
 * which begins anew. Committing twice is harmless. A failure of store or coordinator ends the
 * session, so the task comes again after a pause; damaged files fail the build for good.
 */
public final class IndexWorker implements WalListener {
  private static final System.Logger LOGGER = System.getLogger(IndexWorker.class.getName());
  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(60);

  private final CatalogFollower catalog;
  private final IndexCoordinator coordinator;
  private final ObjectStoreConnectionFactory store;
  private final SegmentOpener opener;
  private final Path temporaryDirectory;
  private final int parallelism;
  private final NodeMetrics metrics;
  private final ConcurrentHashMap<Long, RunningBuild> running = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * @param temporaryDirectory existing folder for index files on their way to the store
   * @param parallelism threads of one build
   */
  public IndexWorker(
      CatalogFollower catalog,
      IndexCoordinator coordinator,
      ObjectStoreConnectionFactory store,
      SegmentOpener opener,
      Path temporaryDirectory,
      int parallelism,
      NodeMetrics metrics) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.coordinator = requireNonNull(coordinator, "coordinator is null");
    this.store = requireNonNull(store, "store is null");
    this.opener = requireNonNull(opener, "opener is null");
    this.temporaryDirectory = requireNonNull(temporaryDirectory, "temporaryDirectory is null");
    this.parallelism = parallelism;
    this.metrics = requireNonNull(metrics, "metrics is null");
  }

  /** Builds under way on this node. */
  public Collection<RunningBuild> running() {
    return List.copyOf(running.values());
  }

  /** Cancels what is under way; its tasks go to other workers, or come again. */
  public void stop() {
    stopped = true;
    running.values().forEach(RunningBuild::stop);
  }

  @Override
  public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
    for (WalRecord record : batch) {
      if (!record.barrier()) {
        carryOut(record.body());
        if (stopped) {
          return;
        }
        delivery.acknowledge(List.of(record));
      }
    }
  }

  @Override
  public void onSessionEnded(WalDelivery delivery) {
    LOGGER.log(Level.DEBUG, "index session ended: session={0}", delivery.sessionId());
  }

  private void carryOut(byte[] body) {
    IndexBuildTask task;
    try {
      task = CatalogJson.mapper().readValue(body, IndexBuildTask.class);
    } catch (IOException e) {
      // The coordinator asks again for every build that is wanted: nothing is lost.
      LOGGER.log(Level.ERROR, "build task cannot be read and is dropped", e);
      return;
    }
    CatalogSnapshot snapshot = catalog.current();
    if (!RunningBuild.isWanted(snapshot, task)) {
      return;
    }
    CollectionDescriptor collection = snapshot.collection(task.collectionId()).orElseThrow();
    SegmentDescriptor segment = snapshot.segmentsOf(task.collectionId()).get(task.segmentId());
    IndexDescriptor index =
        collection.indexes().stream()
            .filter(candidate -> candidate.id() == task.indexId())
            .findFirst()
            .orElseThrow();
    RunningBuild build = new RunningBuild(task, segment.rowCount(), parallelism, catalog);
    running.put(task.buildId(), build);
    try {
      build(build, collection, segment, index);
    } finally {
      running.remove(task.buildId());
    }
  }

  private void build(
      RunningBuild build,
      CollectionDescriptor collection,
      SegmentDescriptor segment,
      IndexDescriptor index) {
    long begin = System.nanoTime();
    String fileName = index.indexType().toLowerCase(Locale.ROOT) + ".index";
    long buildId = build.task().buildId();
    Path file = temporaryDirectory.resolve("build-" + buildId + "-" + System.nanoTime());
    try {
      write(build, collection, segment, index, file);
      long size = Files.size(file);
      try (ObjectStore connection = store.connect()) {
        connection.putFile(
            StorageLayout.indexFile(
                segment.collectionId(), segment.id(), index.fieldId(), buildId, fileName),
            file);
      }
      commit(segment, index, buildId, Optional.of(fileName), size, Optional.empty());
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      metrics.indexBuilt(index.indexType(), segment.rowCount(), time);
      LOGGER.log(
          Level.INFO,
          "index built: segmentId={0} index={1} type={2} rows={3} milliseconds={4}",
          Long.toString(segment.id()),
          index.name(),
          index.indexType(),
          segment.rowCount(),
          time.toMillis());
    } catch (CancellationException e) {
      LOGGER.log(Level.INFO, "index build cancelled: segmentId={0}", Long.toString(segment.id()));
    } catch (UnusableFileException | SagittaException e) {
      metrics.indexBuildFailed(index.indexType());
      LOGGER.log(Level.ERROR, "index build failed for good: segmentId=" + segment.id(), e);
      commit(segment, index, buildId, Optional.empty(), 0, Optional.of(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "index build failed: segmentId=" + segment.id() + " reason=" + e.getMessage(), e);
    } finally {
      deleteQuietly(file);
    }
  }

  private void write(
      RunningBuild build,
      CollectionDescriptor collection,
      SegmentDescriptor segment,
      IndexDescriptor index,
      Path file)
      throws IOException {
    Segment opened = opener.open(collection, segment).segment();
    try (SegmentView view = opened.acquire()) {
      IndexFileIdentity identity =
          new IndexFileIdentity(
              segment.collectionId(), segment.id(), index.fieldId(), build.task().buildId());
      if (index.isVectorIndex()) {
        VectorIndexTypes.get(index.indexType())
            .build(
                (VectorColumn) view.column(index.fieldId()),
                index.metric().orElseThrow(),
                index.parameters(),
                identity,
                build,
                file);
      } else {
        FieldSchema field = collection.schema().field(index.fieldId()).orElseThrow();
        ScalarIndexTypes.Resolved resolved =
            ScalarIndexTypes.resolve(index.indexType(), field, index.parameters());
        resolved
            .type()
            .build(
                field, resolved.parameters(), view.column(index.fieldId()), identity, build, file);
      }
    } finally {
      opened.close();
    }
  }

  private void commit(
      SegmentDescriptor segment,
      IndexDescriptor index,
      long buildId,
      Optional<String> fileName,
      long size,
      Optional<String> failReason) {
    coordinator.commitBuild(
        segment.collectionId(),
        segment.id(),
        new SegmentIndexDescriptor(
            index.id(), index.fieldId(), buildId, fileName, size, failReason),
        Deadline.after(COMMIT_PATIENCE));
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "temporary file stays: file=" + file, e);
    }
  }
}
