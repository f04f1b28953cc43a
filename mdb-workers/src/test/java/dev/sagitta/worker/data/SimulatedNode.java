package dev.sagitta.worker.data;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.segment.IndexMemory;
import dev.sagitta.query.barrier.BarrierResponder;
import dev.sagitta.query.cache.FileVerifier;
import dev.sagitta.query.cache.SegmentFileCache;
import dev.sagitta.query.fakes.FakeCatalog;
import dev.sagitta.query.fakes.FakeWal;
import dev.sagitta.query.fakes.InMemoryStore;
import dev.sagitta.query.load.CachedSegmentOpener;
import dev.sagitta.query.load.SegmentLoader;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.read.LocalReader;
import dev.sagitta.query.segment.SegmentHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;

/** One process: its worker, segments and reader. Its other threads are a list of tasks. */
final class SimulatedNode {
  private final Cluster cluster;
  private final FakeCatalog.Follower follower;
  private final SegmentHolder holder = new SegmentHolder();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<FakeWal.Session> sessions = new ArrayList<>();
  private final SegmentLoader loader;
  private final LocalReader reader;
  private final DataWorker worker;
  private final Faults faults;

  SimulatedNode(
      Cluster cluster,
      FakeCatalog.Follower follower,
      SimulatedCoordinator coordinator,
      InMemoryStore store,
      Path directory,
      ScheduledExecutorService scheduler,
      Faults faults) {
    this.cluster = cluster;
    this.follower = follower;
    this.faults = faults;
    Path cache = directory.resolve(cluster.localNodeId());
    Path temporary = createDirectory(cache.resolve("flush"));
    this.loader =
        new SegmentLoader(
            holder,
            follower,
            new CachedSegmentOpener(
                new SegmentFileCache(store, cache, Long.MAX_VALUE, FileVerifier.NONE),
                IndexMemory.mapped()),
            tasks::add,
            scheduler,
            NodeMetrics.NONE);
    loader.start();
    this.reader = new LocalReader(holder, follower, loader, Runnable::run, 2, 10, NodeMetrics.NONE);
    this.worker =
        new DataWorker(
            new DataWorkerServices(
                cluster.localNodeId(),
                follower,
                coordinator,
                store,
                holder,
                new BarrierResponder(cluster, follower),
                tasks::add,
                Runnable::run,
                temporary,
                NodeMetrics.NONE,
                new DataWorkerSettings(
                    4_000, 1L << 40, 20_000, 40, Duration.ofHours(1), 9_000, Duration.ofHours(1))));
  }

  String id() {
    return cluster.localNodeId();
  }

  LocalReader reader() {
    return reader;
  }

  FakeCatalog.Follower follower() {
    return follower;
  }

  List<FakeWal.Session> sessions() {
    return sessions;
  }

  void openSession(FakeWal wal) {
    sessions.add(wal.open(new CrashingListener()));
  }

  /** Runs one waiting task, any of them. */
  void runTask(Random random) {
    if (!tasks.isEmpty()) {
      tasks.remove(random.nextInt(tasks.size())).run();
    }
  }

  void runAllTasks() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  /** The process is gone: nothing of it runs any more. */
  void die() {
    loader.close();
    tasks.clear();
    sessions.forEach(session -> session.end(false));
    holder.states().forEach(holder::release);
  }

  private static Path createDirectory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Dies now and then around acknowledgements. */
  private final class CrashingListener implements WalListener {
    @Override
    public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      worker.onRecords(batch, new CrashingDelivery(delivery));
    }

    @Override
    public void onSessionEnded(WalDelivery delivery) {
      sessions.removeIf(session -> session == delivery);
      worker.onSessionEnded(delivery);
    }
  }

  private final class CrashingDelivery implements WalDelivery {
    private final WalDelivery delivery;

    CrashingDelivery(WalDelivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public String sessionId() {
      return delivery.sessionId();
    }

    @Override
    public boolean alive() {
      return delivery.alive();
    }

    @Override
    public void acknowledge(Collection<WalRecord> records) {
      faults.mayCrash("before acknowledgement");
      delivery.acknowledge(records);
      faults.mayCrash("behind acknowledgement");
    }

    @Override
    public void abandon(String reason) {
      delivery.abandon(reason);
    }
  }
}
