package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;

/** Public scores of a query and the vectors of nodes, which are as the column has them. */
final class ExactScores {
  private final NodeStore nodes;
  private final MetricType metric;
  private final int dimension;
  private final VectorKernel kernel;

  ExactScores(NodeStore nodes, DataType type, MetricType metric, int dimension) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
    this.kernel = VectorKernels.of(type);
  }

  /**
   * Scores of the nodes {@code group[from]} to {@code group[from + 3]}.
   *
   * @param query of unit length if the metric is cosine
   */
  void compute(float[] query, int[] group, int from, float[] scores) {
    long address0 = nodes.address(group[from]);
    long address1 = nodes.address(group[from + 1]);
    long address2 = nodes.address(group[from + 2]);
    long address3 = nodes.address(group[from + 3]);
    switch (metric) {
      case L2 ->
          kernel.squaredDistances(
              query,
              0,
              NativeMemory.ALL,
              address0,
              address1,
              address2,
              address3,
              dimension,
              scores);
      case IP ->
          kernel.innerProducts(
              query,
              0,
              NativeMemory.ALL,
              address0,
              address1,
              address2,
              address3,
              dimension,
              scores);
      default -> {
        kernel.normalizedInnerProducts(
            query, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, scores);
        for (int i = 0; i < SearchScratch.GROUP; i++) {
          // Rounding must not take a cosine out of its interval.
          scores[i] = Math.clamp(scores[i], -1f, 1f);
        }
      }
    }
  }
}
