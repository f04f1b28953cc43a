package dev.sagitta.coordinator.data;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.StoreAccess;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes segment files that no catalog version in use names: those of dropped collections,
 * partitions, segments and indexes, and those left by crashed flushes and builds.
 *
 * <p>A file is removed when it is older than the orphan age, and two sweeps in a row found it
 * unnamed, so that nodes had the time between them to let go of it. A commit that is under way may
 * still name a file: before the removal the key is marked, which refuses flushes that are decided
 * later, and then the journal is passed through once, after which those decided before are visible.
 */
public final class GarbageCollector {
  private static final System.Logger LOG = System.getLogger(GarbageCollector.class.getName());
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE_SIZE = 1000;
  private static final int MOST_CANDIDATES = 100_000;
  private static final int MOST_REMOVED = 200_000;

  private final Catalog catalog;
  private final StoreAccess store;
  private final Duration orphanAge;
  private final InstantSource clock;
  private final Map<String, Boolean> removed =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_REMOVED;
            }
          });
  private Set<String> candidates = Set.of();

  /**
   * @param orphanAge age below which a file may belong to a flush or build that is under way
   */
  public GarbageCollector(
      Catalog catalog, StoreAccess store, Duration orphanAge, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.store = requireNonNull(store, "store is null");
    this.orphanAge = requireNonNull(orphanAge, "orphanAge is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Whether the key was removed by this node, or is about to be. */
  public boolean isRemoved(String key) {
    return removed.containsKey(key);
  }

  /** Looks through the store once, if this node leads. Never throws. */
  public synchronized void sweep() {
    if (catalog.journal().leadingEpoch().isEmpty()) {
      candidates = Set.of();
      return;
    }
    try {
      sweepAsLeader();
    } catch (RuntimeException e) {
      LOG.log(WARNING, "garbage not collected", e);
    }
  }

  private void sweepAsLeader() {
    Instant limit = clock.instant().minus(orphanAge);
    Set<String> found = new HashSet<>();
    int removals = 0;
    Optional<String> startAfter = Optional.empty();
    boolean more = true;
    while (more && found.size() < MOST_CANDIDATES) {
      Optional<String> from = startAfter;
      ObjectPage page =
          store.call(
              "list segment files",
              connection -> connection.list(StorageLayout.COLLECTIONS_PREFIX, from, PAGE_SIZE));
      CatalogSnapshot snapshot = catalog.replica().current();
      List<String> unnamed =
          page.objects().stream()
              .filter(object -> object.lastModified().isBefore(limit))
              .map(ObjectAttributes::key)
              .filter(NamedObjects::isSegmentFile)
              .filter(key -> !NamedObjects.isNamed(snapshot, key))
              .toList();
      removals += remove(unnamed.stream().filter(candidates::contains).toList());
      found.addAll(unnamed);
      more = page.more() && !page.objects().isEmpty();
      startAfter = page.objects().isEmpty() ? from : Optional.of(lastKey(page));
    }
    candidates = found;
    if (removals > 0) {
      LOG.log(INFO, "garbage removed: files={0}", removals);
    }
  }

  private static String lastKey(ObjectPage page) {
    return page.objects().getLast().key();
  }

  private int remove(List<String> keys) {
    if (keys.isEmpty()) {
      return 0;
    }
    keys.forEach(key -> removed.put(key, true));
    CatalogSnapshot after =
        DeadlineWait.result(
            catalog.journal().commit(snapshot -> List.of()),
            Deadline.after(COMMIT_TIMEOUT),
            "garbage collection");
    List<String> unnamed = new ArrayList<>();
    for (String key : keys) {
      if (NamedObjects.isNamed(after, key)) {
        removed.remove(key);
      } else {
        unnamed.add(key);
      }
    }
    store.call(
        "delete segment files",
        connection -> {
          connection.deleteAll(unnamed);
          return unnamed;
        });
    return unnamed.size();
  }
}
