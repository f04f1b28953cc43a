package dev.sagitta.coordinator.catalog;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CatalogSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** This node's catalog: the replica that all read, and the journal that the leader commits to. */
public final class Catalog {
  private static final System.Logger LOG = System.getLogger(Catalog.class.getName());

  private final CatalogReplica replica;
  private final CatalogJournal journal;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param executor runs commits and snapshots, briefly blocking on the store
   * @param creationIds random text, never the same twice
   */
  public Catalog(
      String nodeId,
      StoreAccess store,
      Settings settings,
      Executor executor,
      InstantSource clock,
      Pause pause,
      Supplier<String> creationIds) {
    CatalogObjects objects = new CatalogObjects(store, pause);
    replica = new CatalogReplica(objects, clock);
    journal = new CatalogJournal(nodeId, objects, replica, executor, creationIds);
    SnapshotKeeper keeper =
        new SnapshotKeeper(
            objects, journal, executor, clock, settings.snapshotInterval(), settings.retention());
    replica.addListener(keeper::advanced);
  }

  /**
   * Reads the catalog: the newest snapshot and what follows it.
   *
   * @throws dev.sagitta.engine.error.SagittaException code STORAGE_FAILED if the store fails
   */
  public void load() {
    replica.catchUpFromSnapshot();
    CatalogSnapshot loaded = replica.current();
    LOG.log(
        INFO,
        "catalog loaded: version={0} epoch={1} collections={2}",
        loaded.version(),
        loaded.epoch(),
        loaded.collections().size());
  }

  /** Reads what is new; to be called regularly and when there is said to be news. Never throws. */
  public void poll() {
    try {
      replica.catchUp();
      if (failing.compareAndSet(true, false)) {
        LOG.log(INFO, "catalog followed again: version={0}", replica.current().version());
      }
    } catch (RuntimeException e) {
      if (failing.compareAndSet(false, true)) {
        LOG.log(WARNING, "catalog cannot be followed", e);
      }
    }
  }

  public CatalogReplica replica() {
    return replica;
  }

  public CatalogJournal journal() {
    return journal;
  }

  /**
   * How the catalog is kept.
   *
   * @param snapshotInterval entries between two snapshots
   * @param retention age before which no entry or snapshot is removed
   */
  public record Settings(int snapshotInterval, Duration retention) {
    public static final Settings DEFAULT = new Settings(64, Duration.ofHours(1));

    public Settings {
      requireNonNull(retention, "retention is null");
      if (snapshotInterval < 1) {
        throw new IllegalArgumentException(
            "snapshotInterval must be positive: snapshotInterval=" + snapshotInterval);
      }
    }
  }
}
