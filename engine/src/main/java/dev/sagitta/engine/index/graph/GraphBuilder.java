package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Links all nodes of a graph with several threads. */
public final class GraphBuilder {
  /** Nodes a thread takes at a time, and between two looks at cancellation. */
  private static final int NODES_PER_STEP = 64;

  private final GraphMemory memory;
  private final Supplier<? extends PairDistances> distances;
  private final int efConstruction;
  private final BuildProgress progress;
  private final GraphLocks locks = new GraphLocks();
  private final AtomicInteger nextNode = new AtomicInteger();
  private final AtomicInteger nodesDone = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private GraphBuilder(
      GraphMemory memory,
      Supplier<? extends PairDistances> distances,
      int efConstruction,
      BuildProgress progress) {
    this.memory = requireNonNull(memory, "memory is null");
    this.distances = requireNonNull(distances, "distances is null");
    // More candidates than nodes only cost memory.
    this.efConstruction = Math.min(efConstruction, memory.order().nodeCount());
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Links the nodes of a graph without links, whose memory must be shared between threads.
   *
   * @param distances makes means to compare any two nodes; called by each thread
   * @param efConstruction candidates that an insert looks at
   * @param progress is told of nodes, which are fewer than rows if some have no vector
   * @throws CancellationException if progress says so
   */
  public static void build(
      GraphMemory memory,
      Supplier<? extends PairDistances> distances,
      int efConstruction,
      BuildProgress progress) {
    new GraphBuilder(memory, distances, efConstruction, progress).run();
  }

  private void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < progress.parallelism(); i++) {
      helpers.add(Thread.ofPlatform().daemon().name("graph-build-" + i).start(this::insertNodes));
    }
    insertNodes();
    boolean interrupted = false;
    for (Thread helper : helpers) {
      interrupted |= joinUninterruptibly(helper);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The helpers write to memory that is freed after the build, so there is no leaving early. */
  private boolean joinUninterruptibly(Thread helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("index build was interrupted"));
      }
    }
  }

  private void insertNodes() {
    try {
      NodeOrder order = memory.order();
      int nodes = order.nodeCount();
      GraphInserter inserter = new GraphInserter(memory.graph(), distances, locks, efConstruction);
      int from;
      while (failure.get() == null && (from = nextNode.getAndAdd(NODES_PER_STEP)) < nodes) {
        if (progress.cancelled()) {
          throw new CancellationException("index build was cancelled");
        }
        int to = Math.min(nodes, from + NODES_PER_STEP);
        for (int node = from; node < to; node++) {
          inserter.insert(node, order.level(node));
        }
        progress.rowsIndexed(nodesDone.addAndGet(to - from));
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}
