package dev.sagitta.proxy.bean;

import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.proxy.read.ReadServices;
import dev.sagitta.proxy.write.LogWriteService;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.VchannelRouter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Builds the proxy's services once for this process. */
@ApplicationScoped
public class ProxyProducers {
  /** Calls to second and further nodes at the same time; beyond it callers make them themselves. */
  private static final int MAXIMUM_THREADS = 128;

  private static final int IDLE_SECONDS = 60;

  @Inject private CatalogFollower catalog;
  @Inject private TimestampOracle timestamps;
  @Inject private Cluster cluster;
  @Inject private VchannelRouter router;
  @Inject private NodeReader nodes;

  @Resource(lookup = "java:app/sagitta/Wal")
  private WalConnectionFactory wal;

  @Resource private ManagedThreadFactory threadFactory;

  private ExecutorService executor;
  private SessionWrites sessionWrites;
  private ReadServices reads;
  private WriteService writes;

  @PostConstruct
  void start() {
    Configuration configuration = Configuration.fromProcess();
    executor =
        new ThreadPoolExecutor(
            0,
            MAXIMUM_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threadFactory,
            new ThreadPoolExecutor.CallerRunsPolicy());
    sessionWrites = new SessionWrites(catalog);
    reads =
        ReadServices.create(
            catalog,
            router,
            nodes,
            sessionWrites,
            executor,
            configuration.get(SagittaConfiguration.GRACEFUL_TIME));
    writes =
        new LogWriteService(
            catalog,
            timestamps,
            wal,
            cluster.localNodeId(),
            reads.queries(),
            sessionWrites,
            configuration.get(SagittaConfiguration.MAXIMUM_INFLIGHT_BYTES));
  }

  @PreDestroy
  void stop() {
    sessionWrites.close();
    executor.shutdownNow();
  }

  @Produces
  @ApplicationScoped
  SearchService searchService() {
    return reads.searches();
  }

  @Produces
  @ApplicationScoped
  QueryService queryService() {
    return reads.queries();
  }

  @Produces
  @ApplicationScoped
  WriteService writeService() {
    return writes;
  }
}
