package dev.sagitta.query.node;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.engine.segment.IndexMemory;
import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.VchannelRouter;
import dev.sagitta.query.barrier.BarrierResponder;
import dev.sagitta.query.barrier.BarrierRouter;
import dev.sagitta.query.cache.BlockFileVerifier;
import dev.sagitta.query.cache.SegmentFileCache;
import dev.sagitta.query.growing.GrowingIndexer;
import dev.sagitta.query.load.CachedSegmentOpener;
import dev.sagitta.query.load.ClusterLoadProgress;
import dev.sagitta.query.load.SegmentLoader;
import dev.sagitta.query.metrics.NodeGauges;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.metrics.RegistryNodeMetrics;
import dev.sagitta.query.read.ClusterNodeReader;
import dev.sagitta.query.read.LocalReader;
import dev.sagitta.query.segment.SegmentHolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Everything of a process that serves segments. */
public final class QueryNode {
  private static final int PARALLEL_LOADS = 4;

  private final NodeThreads threads;
  private final ScheduledExecutorService scheduler;
  private final NodeMetrics metrics = new RegistryNodeMetrics(MetricRegistry.process());
  private final SegmentHolder holder = new SegmentHolder();
  private final SegmentFileCache cache;
  private final CachedSegmentOpener opener;
  private final SegmentLoader loader;
  private final GrowingIndexer growingIndexer;
  private final ClusterNodeReader reader;
  private final BarrierRouter router;
  private final BarrierResponder responder;
  private final ClusterLoadProgress loadProgress;

  /**
   * @param threadFactory makes threads of the container
   */
  public QueryNode(
      Configuration configuration,
      Cluster cluster,
      CatalogFollower catalog,
      ObjectStoreConnectionFactory store,
      WalConnectionFactory log,
      ThreadFactory threadFactory) {
    requireNonNull(configuration, "configuration is null");
    int processors = Runtime.getRuntime().availableProcessors();
    threads = new NodeThreads(threadFactory);
    scheduler = threads.scheduler();
    cache =
        new SegmentFileCache(
            store,
            cacheDirectory(configuration),
            configuration.get(SagittaConfiguration.CACHE_CAPACITY_BYTES),
            new BlockFileVerifier());
    opener =
        new CachedSegmentOpener(
            cache, indexMemory(configuration.get(SagittaConfiguration.INDEX_MEMORY_RATIO)));
    loader =
        new SegmentLoader(
            holder, catalog, opener, threads.pool(PARALLEL_LOADS), scheduler, metrics);
    growingIndexer =
        new GrowingIndexer(
            holder,
            catalog,
            configuration.get(SagittaConfiguration.GROWING_INDEX_MINIMUM_ROWS),
            threads.pool(1),
            scheduler);
    ExecutorService searches = threads.pool(processors);
    reader =
        new ClusterNodeReader(
            cluster,
            new LocalReader(
                holder,
                catalog,
                loader,
                searches,
                processors,
                configuration.get(SagittaConfiguration.MAXIMUM_CONCURRENT_READS),
                metrics));
    router = new BarrierRouter(cluster, catalog, log);
    responder = new BarrierResponder(cluster, catalog);
    loadProgress = new ClusterLoadProgress(cluster, catalog, router, loader);
  }

  private static IndexMemory indexMemory(double ratio) {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new IndexMemory((long) (ratio * machine.getTotalMemorySize()));
  }

  private static Path cacheDirectory(Configuration configuration) {
    return Path.of(
        configuration.get(SagittaConfiguration.CACHE_DIRECTORY).orElse("sagitta-data/cache"));
  }

  public void start() {
    NodeGauges.register(MetricRegistry.process(), holder, cache);
    router.start();
    reader.start();
    loadProgress.start();
    loader.start();
    growingIndexer.start();
  }

  public void stop() {
    growingIndexer.close();
    loader.close();
    router.close();
    threads.stop();
    holder.states().forEach(holder::release);
  }

  public SegmentHolder holder() {
    return holder;
  }

  public NodeMetrics metrics() {
    return metrics;
  }

  public NodeThreads threads() {
    return threads;
  }

  public CachedSegmentOpener segmentOpener() {
    return opener;
  }

  public SegmentFileCache cache() {
    return cache;
  }

  public BarrierResponder barrierResponder() {
    return responder;
  }

  public NodeReader reader() {
    return reader;
  }

  public VchannelRouter router() {
    return router;
  }

  public LoadProgress loadProgress() {
    return loadProgress;
  }
}
