package dev.sagitta.worker.node;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.coordinator.node.CoordinatorNode;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.node.NodeThreads;
import dev.sagitta.query.node.QueryNode;
import dev.sagitta.worker.data.DataWorker;
import dev.sagitta.worker.data.DataWorkerServices;
import dev.sagitta.worker.data.DataWorkerSettings;
import dev.sagitta.worker.index.BuildGauges;
import dev.sagitta.worker.index.IndexWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** The data worker and the index worker of a process. */
public final class WorkerNode {
  private static final int PARALLEL_FLUSHES = 4;
  private static final int PARALLEL_PUTS = 8;
  private static final Duration FLUSH_ON_STOP = Duration.ofSeconds(20);

  private final NodeThreads threads;
  private final DataWorker dataWorker;
  private final IndexWorker indexWorker;

  /**
   * @param threadFactory makes threads of the container
   */
  public WorkerNode(
      Configuration configuration,
      CoordinatorNode coordinators,
      QueryNode queryNode,
      ObjectStoreConnectionFactory store,
      ThreadFactory threadFactory) {
    threads = new NodeThreads(threadFactory);
    Path temporary = temporaryDirectory(configuration);
    dataWorker =
        new DataWorker(
            new DataWorkerServices(
                coordinators.cluster().localNodeId(),
                coordinators.catalogFollower(),
                coordinators.dataCoordinator(),
                store,
                queryNode.holder(),
                queryNode.barrierResponder(),
                threads.pool(PARALLEL_FLUSHES),
                threads.pool(PARALLEL_PUTS),
                temporary,
                queryNode.metrics(),
                DataWorkerSettings.of(configuration)));
    int configured = configuration.get(SagittaConfiguration.INDEX_BUILD_PARALLELISM);
    indexWorker =
        new IndexWorker(
            coordinators.catalogFollower(),
            coordinators.indexCoordinator(),
            store,
            queryNode.segmentOpener(),
            temporary,
            configured == 0 ? Runtime.getRuntime().availableProcessors() : configured,
            queryNode.metrics());
  }

  /** A folder beside the cache, emptied: what a dead process left there is worth nothing. */
  private static Path temporaryDirectory(Configuration configuration) {
    Path directory =
        Path.of(
                configuration
                    .get(SagittaConfiguration.CACHE_DIRECTORY)
                    .orElse("sagitta-data/cache"))
            .resolveSibling("temporary");
    try {
      Files.createDirectories(directory);
      try (Stream<Path> left = Files.list(directory)) {
        for (Path file : left.toList()) {
          deleteTree(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for temporary files: folder=" + directory, e);
    }
    return directory;
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  public void start() {
    BuildGauges.register(MetricRegistry.process(), indexWorker);
    dataWorker.start(threads.scheduler());
  }

  /** Flushes what it can, so that the next start has little to replay. */
  public void stop() {
    indexWorker.stop();
    dataWorker.stop(Deadline.after(FLUSH_ON_STOP));
    threads.stop();
  }

  public DataWorker dataWorker() {
    return dataWorker;
  }

  public IndexWorker indexWorker() {
    return indexWorker;
  }
}
