package dev.sagitta.coordinator.leader;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.CatalogJournal;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes this node the leader when it is the oldest living one and no epoch of its own is current.
 * Leading means having started the catalog's current epoch; whether this node still leads is
 * decided by the catalog alone, so that two nodes that both believe to be the oldest (a cut
 * network) take turns, at growing intervals, but never commit at the same time.
 */
public final class Leadership {
  private static final System.Logger LOG = System.getLogger(Leadership.class.getName());
  private static final Duration EPOCH_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final BooleanSupplier clusterReady;
  private final Catalog catalog;
  private final InstantSource clock;
  private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock evaluating = new ReentrantLock();
  private boolean toldLeading;
  private Instant notBefore = Instant.MIN;
  private Duration backoff = FIRST_BACKOFF;
  private volatile boolean stopped;

  /**
   * @param clusterReady whether the cluster's list of nodes can be believed
   */
  public Leadership(
      Cluster cluster, BooleanSupplier clusterReady, Catalog catalog, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.clusterReady = requireNonNull(clusterReady, "clusterReady is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Whether this node leads, as far as it knows. */
  public boolean leading() {
    return catalog.journal().leadingEpoch().isPresent();
  }

  /** The node that leads, if there is one and it lives. */
  public Optional<String> leader() {
    if (leading()) {
      return Optional.of(cluster.localNodeId());
    }
    // This node's own id in the catalog, without leading, is an epoch that was not completed.
    return catalog
        .replica()
        .current()
        .leaderNodeId()
        .filter(leader -> !leader.equals(cluster.localNodeId()) && cluster.isAlive(leader));
  }

  public void addListener(LeadershipListener listener) {
    listeners.add(requireNonNull(listener, "listener is null"));
  }

  /**
   * Looks whether this node leads or should; to be called regularly and after changes of membership
   * or catalog, not on their threads. A call during another one does nothing. Never throws.
   */
  public void evaluate() {
    if (!evaluating.tryLock()) {
      return;
    }
    try {
      evaluateAlone();
    } catch (RuntimeException e) {
      LOG.log(ERROR, "leadership not evaluated", e);
    } finally {
      evaluating.unlock();
    }
  }

  /** Leads no more, and never again. */
  public void stop() {
    stopped = true;
    catalog.journal().stepDown();
    evaluate();
  }

  private void evaluateAlone() {
    if (stopped) {
      catalog.journal().stepDown();
      tellListeners(false);
      return;
    }
    if (!clusterReady.getAsBoolean()) {
      return;
    }
    boolean leading = leading();
    if (toldLeading && !leading) {
      LOG.log(INFO, "leadership lost: epoch={0}", catalog.replica().current().epoch());
      postpone();
    }
    tellListeners(leading);
    boolean oldest = cluster.nodeIds().getFirst().equals(cluster.localNodeId());
    if (!leading && oldest && !clock.instant().isBefore(notBefore)) {
      startEpoch();
      tellListeners(leading());
    }
  }

  private void startEpoch() {
    CatalogJournal journal = catalog.journal();
    try {
      catalog.replica().catchUp();
      long epoch = catalog.replica().current().epoch();
      CatalogSnapshot started =
          DeadlineWait.result(
              journal.startEpoch(epoch), Deadline.after(EPOCH_TIMEOUT), "start epoch");
      LOG.log(
          INFO,
          "leadership won: node={0} epoch={1} version={2}",
          cluster.localNodeId(),
          started.epoch(),
          started.version());
    } catch (RuntimeException e) {
      postpone();
      LOG.log(INFO, "leadership not won: reason={0}", e.getMessage());
      LOG.log(DEBUG, "leadership not won", e);
    }
  }

  /** Each failed attempt and each loss doubles the wait before the next attempt. */
  private void postpone() {
    notBefore = clock.instant().plus(backoff);
    Duration doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  private void tellListeners(boolean leading) {
    if (leading && toldLeading && clock.instant().isAfter(notBefore.plus(LONGEST_BACKOFF))) {
      backoff = FIRST_BACKOFF;
    }
    if (leading == toldLeading) {
      return;
    }
    toldLeading = leading;
    if (leading) {
      notBefore = clock.instant();
    }
    for (LeadershipListener listener : listeners) {
      try {
        listener.leadershipChanged(leading);
      } catch (RuntimeException e) {
        LOG.log(ERROR, "leadership listener failed: leading=" + leading, e);
      }
    }
  }
}
