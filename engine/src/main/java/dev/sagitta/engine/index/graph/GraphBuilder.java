package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final AtomicInteger nodesDone = new AtomicInteger();

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
    BuildThreads.run(memory.order().nodeCount(), NODES_PER_STEP, progress, this::newStep);
  }

  private BuildThreads.Step newStep() {
    NodeOrder order = memory.order();
    GraphInserter inserter = new GraphInserter(memory.graph(), distances, locks, efConstruction);
    return (from, to) -> {
      for (int node = from; node < to; node++) {
        inserter.insert(node, order.level(node));
      }
      progress.rowsIndexed(nodesDone.addAndGet(to - from));
    };
  }
}
