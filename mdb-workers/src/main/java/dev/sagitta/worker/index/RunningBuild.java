package dev.sagitta.worker.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.index.IndexBuildTask;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.index.BuildProgress;

/** A build under way: how far it is, and whether anyone still wants it. */
public final class RunningBuild implements BuildProgress {
  private final IndexBuildTask task;
  private final int totalRows;
  private final int parallelism;
  private final CatalogFollower catalog;
  private volatile int indexedRows;
  private volatile boolean stopped;
  private volatile long checkedVersion = -1;
  private volatile boolean wanted = true;

  RunningBuild(IndexBuildTask task, int totalRows, int parallelism, CatalogFollower catalog) {
    this.task = requireNonNull(task, "task is null");
    this.totalRows = totalRows;
    this.parallelism = parallelism;
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  public IndexBuildTask task() {
    return task;
  }

  public int totalRows() {
    return totalRows;
  }

  public int indexedRows() {
    return indexedRows;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void rowsIndexed(int rows) {
    indexedRows = rows;
  }

  /** Asks the catalog only when it has changed: this is called often. */
  @Override
  public boolean cancelled() {
    CatalogSnapshot snapshot = catalog.current();
    if (snapshot.version() != checkedVersion) {
      wanted = isWanted(snapshot, task);
      checkedVersion = snapshot.version();
    }
    return stopped || !wanted;
  }

  /** Whether segment and index exist and the segment has no result for the index yet. */
  static boolean isWanted(CatalogSnapshot snapshot, IndexBuildTask task) {
    boolean indexExists =
        snapshot
            .collection(task.collectionId())
            .filter(
                collection ->
                    collection.indexes().stream().anyMatch(index -> index.id() == task.indexId()))
            .isPresent();
    var segment = snapshot.segmentsOf(task.collectionId()).get(task.segmentId());
    return indexExists && segment != null && segment.index(task.indexId()).isEmpty();
  }

  @Override
  public int parallelism() {
    return parallelism;
  }
}
