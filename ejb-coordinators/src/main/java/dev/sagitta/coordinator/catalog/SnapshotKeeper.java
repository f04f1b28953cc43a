package dev.sagitta.coordinator.catalog;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.storage.StorageLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes a snapshot every so many entries while this node leads, and removes what no one needs any
 * more: entries that the oldest kept snapshot contains, and older snapshots, once they are older
 * than the retention. A node that was away for longer goes on from a snapshot.
 */
final class SnapshotKeeper {
  private static final System.Logger LOG = System.getLogger(SnapshotKeeper.class.getName());
  private static final int KEPT_SNAPSHOTS = 2;
  private static final int LARGEST_REMOVAL = 1000;

  private final CatalogObjects objects;
  private final CatalogJournal journal;
  private final Executor executor;
  private final InstantSource clock;
  private final int interval;
  private final Duration retention;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile long lastSnapshot;

  /**
   * @param interval entries between two snapshots
   * @param retention age before which nothing is removed
   */
  SnapshotKeeper(
      CatalogObjects objects,
      CatalogJournal journal,
      Executor executor,
      InstantSource clock,
      int interval,
      Duration retention) {
    this.objects = requireNonNull(objects, "objects is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.executor = requireNonNull(executor, "executor is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.interval = interval;
    this.retention = requireNonNull(retention, "retention is null");
  }

  /** Catalog listener: starts a snapshot in the background when it is time. */
  void advanced(CatalogSnapshot snapshot) {
    OptionalLong epoch = journal.leadingEpoch();
    if (epoch.isEmpty()
        || snapshot.version() - lastSnapshot < interval
        || !running.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(() -> keep(snapshot));
    } catch (RuntimeException e) {
      running.set(false);
      LOG.log(WARNING, "catalog snapshot not started: version=" + snapshot.version(), e);
    }
  }

  private void keep(CatalogSnapshot snapshot) {
    try {
      objects.writeSnapshot(snapshot);
      lastSnapshot = snapshot.version();
      LOG.log(INFO, "catalog snapshot written: version={0}", snapshot.version());
      removeOld();
    } catch (RuntimeException e) {
      LOG.log(WARNING, "catalog snapshot failed: version=" + snapshot.version(), e);
    } finally {
      running.set(false);
    }
  }

  private void removeOld() {
    List<ObjectAttributes> snapshots = objects.listSnapshotsAfter(0);
    if (snapshots.size() <= KEPT_SNAPSHOTS) {
      return;
    }
    Instant limit = clock.instant().minus(retention);
    int kept = snapshots.size() - KEPT_SNAPSHOTS;
    String oldestKept =
        snapshots.get(kept).key().substring(StorageLayout.CATALOG_SNAPSHOT_PREFIX.length());
    List<String> entries =
        objects.listOldestEntries(LARGEST_REMOVAL).stream()
            .filter(entry -> entry.lastModified().isBefore(limit))
            .map(ObjectAttributes::key)
            .filter(key -> number(key).compareTo(oldestKept) <= 0)
            .toList();
    List<String> older =
        snapshots.subList(0, kept).stream()
            .filter(snapshot -> snapshot.lastModified().isBefore(limit))
            .map(ObjectAttributes::key)
            .limit(LARGEST_REMOVAL)
            .toList();
    if (!entries.isEmpty() || !older.isEmpty()) {
      objects.remove(entries);
      objects.remove(older);
      LOG.log(INFO, "catalog cleaned: entries={0} snapshots={1}", entries.size(), older.size());
    }
  }

  private static String number(String entryKey) {
    return entryKey.substring(StorageLayout.CATALOG_LOG_PREFIX.length());
  }
}
