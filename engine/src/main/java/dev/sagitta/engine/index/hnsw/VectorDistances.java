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
  private long[] addresses = new long[64 + GROUP];

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
    if (count > addresses.length - GROUP) {
      addresses = new long[count + GROUP];
    }
    long[] addresses = this.addresses;
    int end = Math.ceilDiv(count, GROUP) * GROUP;
    for (int i = 0; i < end; i++) {
      addresses[i] = records.address(nodes[i]);
    }
    if (squared) {
      for (int from = 0; from < count; from += GROUP) {
        KERNEL.squaredDistances(base, 0, NativeMemory.ALL, addresses, from, dimension, target);
      }
    } else {
      for (int from = 0; from < count; from += GROUP) {
        KERNEL.innerProducts(base, 0, NativeMemory.ALL, addresses, from, dimension, target);
      }
      for (int i = 0; i < count; i++) {
        target[i] = -target[i];
      }
    }
  }
}
