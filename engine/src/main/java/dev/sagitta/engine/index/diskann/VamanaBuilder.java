package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.graph.GraphLocks;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Builds the graph in two passes (the paper's algorithm 3), with several threads. */
final class VamanaBuilder {
  /** Nodes a thread takes at a time, and between two looks at cancellation. */
  private static final int NODES_PER_STEP = 64;

  /** The first pass keeps few links, which makes it fast; the second adds the long ones. */
  private static final float[] ALPHAS = {1f, 1.2f};

  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final DistinctVectors vectors;
  private final DiskAnnParameters parameters;
  private final BuildProgress progress;
  private final VamanaGraph graph;
  private final GraphLocks locks = new GraphLocks();
  private final int entry;

  private VamanaBuilder(
      OwnedMemory memory,
      DistinctVectors vectors,
      DiskAnnParameters parameters,
      BuildProgress progress) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.parameters = requireNonNull(parameters, "parameters is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.graph = new VamanaGraph(memory, vectors.nodeCount(), parameters.maximumDegree());
    this.entry = nearestToMean();
  }

  /**
   * A graph and the order of its nodes: a walk from the first reaches all.
   *
   * @param graph the links
   * @param order the nodes, breadth first from the entry
   */
  record Built(VamanaGraph graph, int[] order) {}

  /**
   * Builds a graph in memory of an owner; an empty one if all rows are null.
   *
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  static Built build(
      OwnedMemory memory,
      DistinctVectors vectors,
      DiskAnnParameters parameters,
      BuildProgress progress) {
    return new VamanaBuilder(memory, vectors, parameters, progress).run();
  }

  private Built run() {
    for (int pass = 0; pass < ALPHAS.length; pass++) {
      linkAll(pass);
    }
    float alpha = ALPHAS[ALPHAS.length - 1];
    forEachNode(linker -> node -> linker.trim(node, alpha), done -> {});
    int[] order = BreadthFirstOrder.of(graph, entry, newLinker()::linkUnreached);
    return new Built(graph, order);
  }

  private void linkAll(int pass) {
    int nodes = vectors.nodeCount();
    long stride = strideOver(nodes);
    forEachNode(
        linker -> i -> linker.link((int) (i * stride % nodes), ALPHAS[pass]),
        done -> progress.rowsIndexed((int) (((long) pass * nodes + done) / ALPHAS.length)));
  }

  private interface NodeWork {
    IntConsumer with(VamanaLinker linker);
  }

  private void forEachNode(NodeWork work, IntConsumer report) {
    AtomicInteger done = new AtomicInteger();
    BuildThreads.run(
        vectors.nodeCount(),
        NODES_PER_STEP,
        progress,
        () -> {
          IntConsumer worker = work.with(newLinker());
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              worker.accept(i);
            }
            report.accept(done.addAndGet(to - from));
          };
        });
  }

  private VamanaLinker newLinker() {
    // More candidates than nodes only cost memory.
    int listSize = Math.min(parameters.searchListSize(), vectors.nodeCount());
    return new VamanaLinker(vectors, graph, locks, entry, listSize);
  }

  /**
   * Step from node to node that meets each once and neighbours in row order far apart, as a random
   * order would: rows often come sorted.
   */
  private static long strideOver(int nodes) {
    long stride = Math.max(1, (long) (nodes * 0.6180339887498949));
    while (greatestCommonDivisor(stride, nodes) != 1) {
      stride++;
    }
    return stride;
  }

  private static long greatestCommonDivisor(long left, long right) {
    return right == 0 ? left : greatestCommonDivisor(right, left % right);
  }

  /** The paper's medoid, approximately: it is the mean's nearest node. */
  private int nearestToMean() {
    int length = vectors.length();
    double[] sums = new double[length];
    float[] vector = new float[length];
    for (int node = 0; node < vectors.nodeCount(); node++) {
      if (node % NODES_PER_STEP == 0) {
        progress.requireNotCancelled();
      }
      vectors.copy(node, vector);
      for (int i = 0; i < length; i++) {
        sums[i] += vector[i];
      }
    }
    for (int i = 0; i < length; i++) {
      vector[i] = (float) (sums[i] / vectors.nodeCount());
    }
    int nearest = 0;
    float nearestDistance = Float.POSITIVE_INFINITY;
    for (int node = 0; node < vectors.nodeCount(); node++) {
      float distance =
          KERNEL.squaredDistance(vector, 0, NativeMemory.ALL, vectors.address(node), length);
      if (distance < nearestDistance) {
        nearest = node;
        nearestDistance = distance;
      }
    }
    return nearest;
  }
}
