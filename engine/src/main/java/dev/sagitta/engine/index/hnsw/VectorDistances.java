package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.PairDistances;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;

/** Exact distances: squared Euclidean ones, or negated inner products, or negated cosines. */
final class VectorDistances implements PairDistances, QueryDistances {
  private static final VectorKernel FLOATS = VectorKernels.preferred();
  private static final int ROWS_PER_CALL = 4;

  private final VectorNodes nodes;
  private final RecordBlocks records;
  private final VectorKernel kernel;
  private final boolean floats;
  private final boolean normalizing;
  private final boolean squared;
  private final int dimension;
  private final float[] base;
  private final float[] group = new float[ROWS_PER_CALL];
  private long[] addresses = new long[64 + GROUP];

  VectorDistances(VectorNodes nodes) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.records = nodes.records();
    this.kernel = VectorKernels.of(nodes.type());
    this.floats = nodes.type() == DataType.FLOAT_VECTOR;
    this.normalizing = !floats && nodes.metric() == MetricType.COSINE;
    this.squared = nodes.metric() == MetricType.L2;
    this.dimension = nodes.dimension();
    this.base = new float[dimension];
  }

  @Override
  public void setQuery(float[] query, int offset, boolean exact) {
    nodes.prepare(query, offset, base);
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public float nearestPossible(float distance) {
    return distance;
  }

  @Override
  public void computeExact(int[] nodes, int count, float[] target) {
    compute(nodes, count, target);
  }

  @Override
  public void setBase(int node) {
    nodes.get(node, base);
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
    if (floats) {
      computeFloats(addresses, count, target);
    } else {
      computeOthers(addresses, count, target);
    }
    if (!squared) {
      for (int i = 0; i < count; i++) {
        target[i] = -target[i];
      }
    }
  }

  private void computeFloats(long[] addresses, int count, float[] target) {
    if (squared) {
      for (int from = 0; from < count; from += GROUP) {
        FLOATS.squaredDistances(base, 0, NativeMemory.ALL, addresses, from, dimension, target);
      }
    } else {
      for (int from = 0; from < count; from += GROUP) {
        FLOATS.innerProducts(base, 0, NativeMemory.ALL, addresses, from, dimension, target);
      }
    }
  }

  private void computeOthers(long[] addresses, int count, float[] target) {
    for (int from = 0; from < count; from += ROWS_PER_CALL) {
      long address0 = addresses[from];
      long address1 = addresses[from + 1];
      long address2 = addresses[from + 2];
      long address3 = addresses[from + 3];
      if (squared) {
        kernel.squaredDistances(
            base, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, group);
      } else if (normalizing) {
        kernel.normalizedInnerProducts(
            base, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, group);
      } else {
        kernel.innerProducts(
            base, 0, NativeMemory.ALL, address0, address1, address2, address3, dimension, group);
      }
      System.arraycopy(group, 0, target, from, ROWS_PER_CALL);
    }
  }
}
