package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.PairDistances;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;

/** Exact distances: squared Euclidean ones, or negated inner products. */
final class VectorDistances implements PairDistances {
  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final VectorNodes nodes;
  private final RecordBlocks records;
  private final boolean squared;
  private final int dimension;
  private final float[] base;
  private final float[] group = new float[GROUP];

  VectorDistances(VectorNodes nodes) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.records = nodes.records();
    this.squared = nodes.metric() == MetricType.L2;
    this.dimension = nodes.dimension();
    this.base = new float[dimension];
  }

  /** Makes a query the base. */
  void setQuery(float[] query, int offset) {
    nodes.prepare(query, offset, base);
  }

  @Override
  public void setBase(int node) {
    NativeMemory.copyFloats(records.address(node), base, dimension);
  }

  @Override
  public void compute(int[] nodes, int count, float[] target) {
    for (int from = 0; from < count; from += GROUP) {
      long address0 = records.address(nodes[from]);
      long address1 = records.address(nodes[from + 1]);
      long address2 = records.address(nodes[from + 2]);
      long address3 = records.address(nodes[from + 3]);
      if (squared) {
        KERNEL.squaredDistances(
            base, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, group);
        target[from] = group[0];
        target[from + 1] = group[1];
        target[from + 2] = group[2];
        target[from + 3] = group[3];
      } else {
        KERNEL.innerProducts(
            base, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, group);
        target[from] = -group[0];
        target[from + 1] = -group[1];
        target[from + 2] = -group[2];
        target[from + 3] = -group[3];
      }
    }
  }
}
