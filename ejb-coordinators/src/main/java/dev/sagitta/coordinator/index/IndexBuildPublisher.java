package dev.sagitta.coordinator.index;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.leader.LeaderMessages;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Asks for wanted builds, while this node leads: each is published once, and again when there is no
 * result long after, or by the next leader. A worker may so see a build twice; it looks into the
 * catalog first, and a second result is ignored.
 */
public final class IndexBuildPublisher {
  private static final System.Logger LOG = System.getLogger(IndexBuildPublisher.class.getName());
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PUBLISH_AGAIN_AFTER = Duration.ofMinutes(30);
  private static final int LARGEST_BATCH = 256;
  private static final int MOST_OUTSTANDING = 10_000;
  private static final String NO_GROUP = "";

  private final CatalogFollower catalog;
  private final BooleanSupplier leading;
  private final TimestampOracle timestamps;
  private final WalConnectionFactory log;
  private final int minimumRows;
  private final InstantSource clock;
  private final Map<WantedBuild, Instant> outstanding = new HashMap<>();

  /**
   * @param minimumRows segments with fewer rows get no index
   */
  public IndexBuildPublisher(
      CatalogFollower catalog,
      BooleanSupplier leading,
      TimestampOracle timestamps,
      WalConnectionFactory log,
      int minimumRows,
      InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.leading = requireNonNull(leading, "leading is null");
    this.timestamps = requireNonNull(timestamps, "timestamps is null");
    this.log = requireNonNull(log, "log is null");
    this.minimumRows = minimumRows;
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Publishes what is wanted and not asked for yet, if this node leads. Never throws. */
  public synchronized void sweep() {
    if (!leading.getAsBoolean()) {
      outstanding.clear();
      return;
    }
    try {
      Set<WantedBuild> wanted = WantedBuild.in(catalog.current(), minimumRows);
      outstanding.keySet().retainAll(wanted);
      Instant lost = clock.instant().minus(PUBLISH_AGAIN_AFTER);
      outstanding.values().removeIf(published -> published.isBefore(lost));
      publish(wanted);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "index builds not published", e);
    }
  }

  private void publish(Set<WantedBuild> wanted) {
    List<WantedBuild> batch = new ArrayList<>();
    for (WantedBuild build : wanted) {
      if (!outstanding.containsKey(build) && outstanding.size() + batch.size() < MOST_OUTSTANDING) {
        batch.add(build);
        if (batch.size() == LARGEST_BATCH) {
          send(batch);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<WantedBuild> batch) {
    Deadline deadline = Deadline.after(PUBLISH_TIMEOUT);
    long buildId = timestamps.allocate(batch.size(), deadline);
    List<WalEntry> entries = new ArrayList<>();
    for (WantedBuild build : batch) {
      IndexBuildTask task =
          new IndexBuildTask(build.collectionId(), build.segmentId(), build.indexId(), buildId++);
      entries.add(
          new WalEntry(IndexCoordinator.BUILD_QUEUE, NO_GROUP, LeaderMessages.encode(task)));
    }
    try (WalConnection connection = log.connect()) {
      var _ = DeadlineWait.result(connection.append(entries), deadline, "publish index builds");
    }
    batch.forEach(build -> outstanding.put(build, clock.instant()));
    LOG.log(INFO, "index builds published: builds={0}", batch.size());
  }
}
