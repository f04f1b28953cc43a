package dev.sagitta.coordinator.time;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.NotLeaderException;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.engine.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The leader's part of the oracle. Timestamps follow the clock, or count on from the last one when
 * the clock stands, goes back, or is outrun. They stay below a bound that is saved in the catalog
 * ahead of them; a new leader begins at the bound, so it never repeats what an old one handed out.
 * The bound is raised by use only: an idle leader writes nothing.
 */
final class TimestampAllocator {
  private static final System.Logger LOG = System.getLogger(TimestampAllocator.class.getName());

  /**
   * How far the bound is ahead. Long enough to go on without the store for a while; it is also how
   * far timestamps may be ahead of the clock after a restart.
   */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  private static final long AHEAD_TIMESTAMPS = Timestamps.compose(AHEAD.toMillis(), 0);
  private static final long RAISE_BELOW = AHEAD_TIMESTAMPS * 2 / 3;

  private final Catalog catalog;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private long epoch;
  private long next;
  private long bound;
  private CompletableFuture<CatalogSnapshot> raising = CompletableFuture.completedFuture(null);

  TimestampAllocator(Catalog catalog, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Reserves consecutive timestamps and returns the first.
   *
   * @throws NotLeaderException if this node does not lead
   */
  long allocate(int count, Deadline deadline) {
    try {
      if (!lock.tryLock(deadline.remaining().toNanos(), NANOSECONDS)) {
        throw new SagittaException(ErrorCode.TIMEOUT, "request timeout: operation=timestamp");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted: operation=timestamp", e);
    }
    try {
      return allocateLocked(count, deadline);
    } finally {
      lock.unlock();
    }
  }

  private long allocateLocked(int count, Deadline deadline) {
    long leading =
        catalog
            .journal()
            .leadingEpoch()
            .orElseThrow(() -> new NotLeaderException("node does not lead: operation=timestamp"));
    if (leading != epoch) {
      epoch = leading;
      bound = catalog.replica().current().timestampBound();
      next = bound;
      raising = CompletableFuture.completedFuture(null);
    }
    long now = Timestamps.compose(clock.millis(), 0);
    long first = Math.max(next, now);
    long end = first + count;
    while (end > bound) {
      if (raising.isDone()) {
        raising = raise(end);
      }
      var _ = DeadlineWait.result(raising, deadline, "raise timestamp bound");
      takeOverBound();
    }
    next = end;
    if (bound - end < RAISE_BELOW && raising.isDone()) {
      takeOverBound();
      raising = raise(end);
    }
    return first;
  }

  /** The saved bound counts only while this node leads in the same epoch. */
  private void takeOverBound() {
    if (catalog.journal().leadingEpoch().orElse(0) != epoch) {
      throw new NotLeaderException("node leads no more: operation=timestamp epoch=" + epoch);
    }
    bound = catalog.replica().current().timestampBound();
  }

  private CompletableFuture<CatalogSnapshot> raise(long end) {
    long target = end + AHEAD_TIMESTAMPS;
    CompletableFuture<CatalogSnapshot> commit =
        catalog
            .journal()
            .commit(
                snapshot ->
                    snapshot.timestampBound() >= target
                        ? List.of()
                        : List.of(new CatalogChange.TimestampBoundRaised(target)));
    return commit.whenComplete(
        (snapshot, failure) -> {
          if (failure != null) {
            LOG.log(WARNING, "timestamp bound not raised: reason={0}", failure.getMessage());
          }
        });
  }
}
