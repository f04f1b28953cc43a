package dev.sagitta.coordinator.catalog;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sagitta.engine.catalog.CatalogConflictException;
import dev.sagitta.engine.catalog.CatalogLogEntry;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * This node's copy of the catalog. It advances by reading the entry after the last one it knows,
 * and by what this node's own journal commits; a replica that was left behind (the entries it needs
 * are removed) goes on from a snapshot.
 */
public final class CatalogReplica implements CatalogFollower {
  private static final System.Logger LOG = System.getLogger(CatalogReplica.class.getName());
  private static final Duration LONGEST_WAIT_BETWEEN_READS = Duration.ofMillis(50);

  private final CatalogObjects objects;
  private final InstantSource clock;
  private final List<Consumer<CatalogSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock advancing = new ReentrantLock();
  private final Condition advanced = advancing.newCondition();
  private volatile CatalogSnapshot current = CatalogSnapshot.empty();
  private volatile Instant lastAtTip = Instant.MIN;

  CatalogReplica(CatalogObjects objects, InstantSource clock) {
    this.objects = requireNonNull(objects, "objects is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public CatalogSnapshot current() {
    return current;
  }

  @Override
  public void addListener(Consumer<CatalogSnapshot> listener) {
    listeners.add(requireNonNull(listener, "listener is null"));
  }

  @Override
  public void removeListener(Consumer<CatalogSnapshot> listener) {
    listeners.remove(listener);
  }

  /**
   * Reads all entries that follow.
   *
   * @return whether there were any
   * @throws SagittaException of code STORAGE_FAILED if the store fails
   */
  public boolean catchUp() {
    advancing.lock();
    try {
      long before = current.version();
      readEntries();
      return current.version() > before;
    } finally {
      advancing.unlock();
    }
  }

  /** As {@link #catchUp}, but also skips entries that were removed, by way of a snapshot. */
  public boolean catchUpFromSnapshot() {
    advancing.lock();
    try {
      long before = current.version();
      Optional<CatalogSnapshot> snapshot = objects.newestSnapshotAfter(before);
      if (snapshot.isPresent()) {
        LOG.log(
            INFO,
            "catalog snapshot read: version={0} before={1}",
            snapshot.get().version(),
            before);
        advanceTo(snapshot.get());
      }
      readEntries();
      return current.version() > before;
    } finally {
      advancing.unlock();
    }
  }

  /** Takes over an entry that this node has just written, unless it was read back meanwhile. */
  void append(CatalogLogEntry entry) {
    advancing.lock();
    try {
      if (entry.number() == current.version() + 1) {
        advanceTo(apply(entry));
      }
      lastAtTip = clock.instant();
    } finally {
      advancing.unlock();
    }
  }

  /**
   * Whether the end of the log was seen within the period, before or after now (the clock may have
   * been set).
   */
  boolean wasAtTipWithin(Duration period) {
    Instant seen = lastAtTip;
    return !seen.equals(Instant.MIN)
        && Duration.between(seen, clock.instant()).abs().compareTo(period) <= 0;
  }

  @Override
  public CatalogSnapshot awaitVersion(long version, Deadline deadline) {
    CatalogSnapshot known = current;
    if (known.version() >= version) {
      return known;
    }
    try {
      if (advancing.tryLock(deadline.remaining().toNanos(), NANOSECONDS)) {
        try {
          return awaitVersionLocked(version, deadline);
        } finally {
          advancing.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted while following the catalog", e);
    }
    throw timeout(version);
  }

  private CatalogSnapshot awaitVersionLocked(long version, Deadline deadline)
      throws InterruptedException {
    while (current.version() < version) {
      if (deadline.hasPassed()) {
        throw timeout(version);
      }
      if (!catchUp() && current.version() < version) {
        catchUpFromSnapshot();
      }
      if (current.version() < version) {
        long wait = deadline.atMost(LONGEST_WAIT_BETWEEN_READS).remaining().toNanos();
        var _ = advanced.awaitNanos(wait);
      }
    }
    return current;
  }

  private SagittaException timeout(long version) {
    return new SagittaException(
        ErrorCode.TIMEOUT,
        "catalog version not reached: expected=" + version + " actual=" + current.version());
  }

  private void readEntries() {
    Optional<CatalogLogEntry> entry = objects.read(current.version() + 1);
    while (entry.isPresent()) {
      advanceTo(apply(entry.get()));
      entry = objects.read(current.version() + 1);
    }
    lastAtTip = clock.instant();
  }

  private CatalogSnapshot apply(CatalogLogEntry entry) {
    try {
      return entry.applyTo(current);
    } catch (CatalogConflictException e) {
      throw new CorruptFileException(
          "entry cannot be applied: file="
              + StorageLayout.catalogChange(entry.number())
              + " version="
              + current.version()
              + " reason="
              + e.getMessage());
    }
  }

  private void advanceTo(CatalogSnapshot next) {
    current = next;
    advanced.signalAll();
    for (Consumer<CatalogSnapshot> listener : listeners) {
      try {
        listener.accept(next);
      } catch (RuntimeException e) {
        LOG.log(ERROR, "catalog listener failed: version=" + next.version(), e);
      }
    }
  }
}
