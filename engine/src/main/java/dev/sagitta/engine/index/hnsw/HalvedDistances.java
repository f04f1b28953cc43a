package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.HalvedFloatKernel;
import dev.sagitta.engine.vector.UnitVectors;
import dev.sagitta.engine.vector.VectorKernels;

/**
 * Distances to the upper halves of vectors, or to the whole ones: squared Euclidean ones, or
 * negated inner products, or negated cosines.
 */
final class HalvedDistances implements QueryDistances {
  private static final HalvedFloatKernel KERNEL = VectorKernels.halvedFloats();

  private final HalvedVectors vectors;
  private final RecordBlocks upper;
  private final boolean squared;
  private final int dimension;
  private final float[] query;
  private final float[] arranged;
  private long[] addresses = new long[64 + GROUP];
  private float margin;
  private boolean exact;

  // Written so that the compiler does not leave out the early loads whose sum it is.
  @SuppressWarnings("UnusedVariable")
  private int loaded;

  HalvedDistances(HalvedVectors vectors) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.upper = vectors.upper();
    this.squared = vectors.metric() == MetricType.L2;
    this.dimension = vectors.dimension();
    this.query = new float[dimension];
    this.arranged = new float[KERNEL.arrangedLength(dimension)];
  }

  @Override
  public void setQuery(float[] values, int offset, boolean exact) {
    if (vectors.metric() == MetricType.COSINE) {
      UnitVectors.normalize(values, offset, query, 0, dimension);
    } else {
      System.arraycopy(values, offset, query, 0, dimension);
    }
    this.exact = exact;
    this.margin = vectors.error();
    if (!squared) {
      this.margin *= norm();
      // Products with the negated query are the negated products.
      for (int i = 0; i < dimension; i++) {
        query[i] = -query[i];
      }
    }
    KERNEL.arrange(query, dimension, arranged);
  }

  private float norm() {
    double squares = 0;
    for (float value : query) {
      squares += value * value;
    }
    return (float) Math.sqrt(squares);
  }

  @Override
  public boolean isExact() {
    return exact || vectors.error() == 0;
  }

  /** By the triangle inequality, or Cauchy and Schwarz's. */
  @Override
  public float nearestPossible(float distance) {
    if (!squared) {
      return distance - margin;
    }
    double nearest = Math.max(0, Math.sqrt(distance) - margin);
    return (float) (nearest * nearest);
  }

  @Override
  public void compute(int[] nodes, int count, float[] target) {
    if (exact) {
      computeExact(nodes, count, target);
      return;
    }
    long[] addresses = addresses(nodes, count);
    int sum = 0;
    for (int i = 0; i < count; i++) {
      // Starts to load all rows before the first is compared: saves up to a tenth of a search.
      sum += NativeMemory.getShort(addresses[i]);
    }
    loaded = sum;
    if (squared) {
      for (int from = 0; from < count; from += GROUP) {
        KERNEL.upperSquaredDistances(
            arranged, NativeMemory.ALL, addresses, from, dimension, target);
      }
    } else {
      for (int from = 0; from < count; from += GROUP) {
        KERNEL.upperInnerProducts(arranged, NativeMemory.ALL, addresses, from, dimension, target);
      }
    }
  }

  @Override
  public void computeExact(int[] nodes, int count, float[] target) {
    long[] addresses = addresses(nodes, count);
    long toLower = vectors.toLower();
    for (int from = 0; from < count; from += HalvedFloatKernel.WHOLE_GROUP) {
      if (squared) {
        KERNEL.squaredDistances(
            arranged, NativeMemory.ALL, addresses, from, toLower, dimension, target);
      } else {
        KERNEL.innerProducts(
            arranged, NativeMemory.ALL, addresses, from, toLower, dimension, target);
      }
    }
  }

  private long[] addresses(int[] nodes, int count) {
    if (count > addresses.length - GROUP) {
      addresses = new long[count + GROUP];
    }
    long[] addresses = this.addresses;
    int end = Math.ceilDiv(count, GROUP) * GROUP;
    for (int i = 0; i < end; i++) {
      addresses[i] = upper.address(nodes[i]);
    }
    return addresses;
  }
}
