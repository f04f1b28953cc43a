package dev.sagitta.coordinator.data;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes sealed segments all of whose rows have expired: they are older than their collection's
 * time to live, or were truncated. Readers left these rows out before, so nothing visible changes;
 * garbage collection removes the files later. Segments in which some rows have expired stay.
 */
public final class ExpiredSegments {
  private static final System.Logger LOG = System.getLogger(ExpiredSegments.class.getName());
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

  private final Catalog catalog;
  private final InstantSource clock;

  public ExpiredSegments(Catalog catalog, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Looks at all segments once, if this node leads. Never throws. */
  public void sweep() {
    if (catalog.journal().leadingEpoch().isEmpty()) {
      return;
    }
    try {
      long nowMillis = clock.millis();
      if (!removals(catalog.replica().current(), nowMillis).isEmpty()) {
        var _ =
            DeadlineWait.result(
                catalog.journal().commit(snapshot -> removals(snapshot, nowMillis)),
                Deadline.after(COMMIT_TIMEOUT),
                "removal of expired segments");
      }
    } catch (RuntimeException e) {
      LOG.log(WARNING, "expired segments not removed", e);
    }
  }

  /** The changes that remove what has expired. */
  static List<CatalogChange> removals(CatalogSnapshot snapshot, long nowMillis) {
    List<CatalogChange> removals = new ArrayList<>();
    for (CollectionDescriptor collection : snapshot.collections().values()) {
      long expiredUntil = collection.expiredUntil(nowMillis);
      if (expiredUntil == Long.MIN_VALUE) {
        continue;
      }
      Set<Long> expired =
          snapshot.segmentsOf(collection.id()).values().stream()
              .filter(segment -> segment.isExpired(expiredUntil))
              .map(SegmentDescriptor::id)
              .collect(Collectors.toSet());
      if (!expired.isEmpty()) {
        LOG.log(
            INFO,
            "expired segments removed: collection={0} segments={1}",
            collection.name(),
            expired.size());
        removals.add(new CatalogChange.SegmentsDropped(collection.id(), expired));
      }
    }
    return removals;
  }
}
