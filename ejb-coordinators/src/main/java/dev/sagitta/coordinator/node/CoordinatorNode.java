package dev.sagitta.coordinator.node;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.catalog.CatalogNews;
import dev.sagitta.coordinator.catalog.Pause;
import dev.sagitta.coordinator.catalog.StoreAccess;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.cluster.ClusterSettings;
import dev.sagitta.coordinator.cluster.HazelcastCluster;
import dev.sagitta.coordinator.data.DataCoordinator;
import dev.sagitta.coordinator.data.ExpiredSegments;
import dev.sagitta.coordinator.data.GarbageCollector;
import dev.sagitta.coordinator.data.LeaderDataCoordinator;
import dev.sagitta.coordinator.index.IndexBuildPublisher;
import dev.sagitta.coordinator.index.IndexCoordinator;
import dev.sagitta.coordinator.index.LeaderIndexCoordinator;
import dev.sagitta.coordinator.leader.LeaderCalls;
import dev.sagitta.coordinator.leader.Leadership;
import dev.sagitta.coordinator.root.DefaultRootCoordinator;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.coordinator.time.LeaderTimestampOracle;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;

/** The coordinators of this process: built, started and stopped together. */
public final class CoordinatorNode {
  private static final System.Logger LOG = System.getLogger(CoordinatorNode.class.getName());
  private static final Duration POLL_PERIOD = Duration.ofSeconds(1);
  private static final Duration EVALUATION_PERIOD = Duration.ofMillis(500);
  private static final Duration INDEX_PERIOD = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration IMMEDIATELY = Duration.ZERO;
  private static final Duration LOAD_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOAD_RETRY = Duration.ofSeconds(1);
  private static final Duration JOIN_RETRY = Duration.ofSeconds(2);

  /** The log's queues, as the message-driven beans are bound to them. */
  private static final String PCHANNEL_PREFIX = "sagitta-dml_";

  private static final int PCHANNELS = 4;

  private final InstantSource clock = InstantSource.system();
  private final NodeThreads threads;
  private final StoreAccess store;
  private final HazelcastCluster cluster;
  private final Catalog catalog;
  private final Leadership leadership;
  private final LeaderCalls leaderCalls;
  private final TimestampOracle timestamps;
  private final GarbageCollector garbage;
  private final ExpiredSegments expiredSegments;
  private final Duration expiryPeriod;
  private final DataCoordinator data;
  private final IndexCoordinator indexes;
  private final IndexBuildPublisher indexBuilds;
  private final RootCoordinator root;
  private final Duration garbagePeriod;
  private final boolean joinsOthers;
  private volatile boolean loaded;
  private volatile boolean stopped;

  /**
   * @param threadFactory makes threads of the container
   */
  public CoordinatorNode(
      Configuration configuration,
      ObjectStoreConnectionFactory objects,
      WalConnectionFactory log,
      ThreadFactory threadFactory) {
    requireNonNull(configuration, "configuration is null");
    String nodeId = UUID.randomUUID().toString();
    threads = new NodeThreads(threadFactory);
    store = new StoreAccess(objects, Pause.SLEEP, clock);
    ClusterSettings clusterSettings = clusterSettings(configuration);
    joinsOthers = !clusterSettings.join().isEmpty();
    cluster = new HazelcastCluster(nodeId, clusterSettings, threads.calls());
    catalog =
        new Catalog(
            nodeId,
            store,
            Catalog.Settings.DEFAULT,
            threads.background(),
            clock,
            Pause.SLEEP,
            () -> UUID.randomUUID().toString());
    leadership = new Leadership(cluster, this::knowsTheOldest, catalog, clock);
    leaderCalls = new LeaderCalls(cluster, leadership, catalog.replica(), Pause.SLEEP);
    timestamps = new LeaderTimestampOracle(catalog, leaderCalls, clock);
    garbage =
        new GarbageCollector(
            catalog, store, configuration.get(SagittaConfiguration.GARBAGE_ORPHAN_AGE), clock);
    expiredSegments = new ExpiredSegments(catalog, clock);
    expiryPeriod = configuration.get(SagittaConfiguration.EXPIRY_INTERVAL);
    garbagePeriod = configuration.get(SagittaConfiguration.GARBAGE_INTERVAL);
    data =
        new LeaderDataCoordinator(leaderCalls, catalog.journal(), timestamps, garbage::isRemoved);
    indexes = new LeaderIndexCoordinator(leaderCalls, catalog.journal(), garbage::isRemoved);
    indexBuilds =
        new IndexBuildPublisher(
            catalog.replica(),
            leadership::leading,
            timestamps,
            log,
            configuration.get(SagittaConfiguration.INDEX_MINIMUM_ROWS),
            clock);
    root = new DefaultRootCoordinator(catalog, timestamps, leaderCalls, configuration, pchannels());
  }

  private static List<String> pchannels() {
    return IntStream.range(0, PCHANNELS).mapToObj(number -> PCHANNEL_PREFIX + number).toList();
  }

  private static ClusterSettings clusterSettings(Configuration configuration) {
    return new ClusterSettings(
        configuration.get(SagittaConfiguration.CLUSTER_NAME),
        ClusterSettings.Address.parse(configuration.get(SagittaConfiguration.CLUSTER_BIND)),
        configuration.get(SagittaConfiguration.CLUSTER_JOIN).stream()
            .map(ClusterSettings.Address::parse)
            .toList());
  }

  /**
   * Starts. The cluster takes a second and is joined in the background. The catalog is read before
   * this returns, so that no one takes it for empty; only when the object store cannot be reached
   * for long this returns without it, and goes on in the background. {@link #health} tells when all
   * is done; calls to the leader wait for it.
   */
  public void start() {
    CatalogNews news = new CatalogNews(cluster, catalog, threads.background());
    Runnable evaluation = threads.soon(IMMEDIATELY, leadership::evaluate);
    Runnable publication = threads.soon(SOON, indexBuilds::sweep);
    cluster.addMembershipListener(evaluation);
    catalog.replica().addListener(news::advanced);
    catalog.replica().addListener(snapshot -> publication.run());
    leadership.addListener(leading -> publication.run());
    threads.background().execute(this::joinCluster);
    if (loadCatalog(Deadline.after(LOAD_PATIENCE))) {
      follow();
      evaluation.run();
    } else {
      threads.background().execute(this::loadCatalogLater);
    }
  }

  /** A node that looks for others cannot tell who is the oldest before it has found them. */
  private boolean knowsTheOldest() {
    return cluster.started() || !joinsOthers;
  }

  /** Tries until it succeeds or the node stops: without the cluster the node is not ready. */
  private void joinCluster() {
    while (!stopped && !cluster.started()) {
      try {
        cluster.start();
      } catch (RuntimeException | LinkageError e) {
        LOG.log(ERROR, "cluster not joined, trying again: node=" + cluster.localNodeId(), e);
        Pause.SLEEP.pause(JOIN_RETRY);
      }
    }
    if (stopped) {
      cluster.stop();
    }
  }

  private void loadCatalogLater() {
    try {
      while (!stopped) {
        if (loadCatalog(Deadline.after(LOAD_PATIENCE))) {
          follow();
          return;
        }
      }
    } catch (RuntimeException e) {
      LOG.log(ERROR, "catalog not loaded: node=" + cluster.localNodeId(), e);
    }
  }

  private boolean loadCatalog(Deadline deadline) {
    while (true) {
      try {
        catalog.load();
        loaded = true;
        return true;
      } catch (SagittaException e) {
        if (stopped || deadline.hasPassed()) {
          return false;
        }
        LOG.log(WARNING, "catalog not loaded, trying again: reason={0}", e.getMessage());
        Pause.SLEEP.pause(LOAD_RETRY);
      }
    }
  }

  private void follow() {
    threads.every(POLL_PERIOD, catalog::poll);
    threads.every(EVALUATION_PERIOD, leadership::evaluate);
    threads.every(INDEX_PERIOD, indexBuilds::sweep);
    threads.every(expiryPeriod, expiredSegments::sweep);
    threads.every(garbagePeriod, garbage::sweep);
  }

  /** Leaves the cluster and ends all threads; changes under way may still be committed. */
  public void stop() {
    stopped = true;
    leadership.stop();
    threads.stop();
    cluster.stop();
    LOG.log(INFO, "coordinators stopped: node={0}", cluster.localNodeId());
  }

  public CoordinatorHealth health() {
    Optional<Duration> silence =
        store.lastSuccess().map(last -> Duration.between(last, clock.instant()));
    return new CoordinatorHealth(
        loaded,
        cluster.started(),
        leadership.leader(),
        leadership.leading(),
        catalog.replica().current().version(),
        silence,
        cluster.nodeIds().size());
  }

  /** Where this node listens for others, once it has joined. */
  public Optional<ClusterSettings.Address> listening() {
    return cluster.listening();
  }

  public Cluster cluster() {
    return cluster;
  }

  public CatalogFollower catalogFollower() {
    return catalog.replica();
  }

  public TimestampOracle timestampOracle() {
    return timestamps;
  }

  public RootCoordinator rootCoordinator() {
    return root;
  }

  public DataCoordinator dataCoordinator() {
    return data;
  }

  public IndexCoordinator indexCoordinator() {
    return indexes;
  }
}
