package dev.sagitta.engine.index;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.ScanKernel;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/**
 * Scores of dense vectors. Cosine computes inner product and norm of a row in one pass, since a
 * scan is bound by memory and not by arithmetic, and divides by the query's norm afterwards.
 */
public final class DenseComparison implements RowComparison {
  private final VectorKernel kernel;
  private final ScanKernel scanKernel;
  private final MetricType metric;
  private final float[] query;
  private final int queryOffset;
  private final int dimension;
  private final float inverseQueryNorm;

  public DenseComparison(DenseVectorColumn vectors, MetricType metric, QueryVector.Dense query) {
    this(vectors.type(), vectors.dimension(), metric, query);
  }

  /** A comparison with vectors that lie anywhere. */
  DenseComparison(DataType type, int dimension, MetricType metric, QueryVector.Dense query) {
    this.kernel = VectorKernels.of(type);
    this.scanKernel = VectorKernels.scan(type);
    this.metric = metric;
    this.query = query.values();
    this.queryOffset = query.offset();
    this.dimension = dimension;
    this.inverseQueryNorm =
        metric == MetricType.COSINE ? inverseNorm(this.query, queryOffset, dimension) : 1;
  }

  @Override
  public void scores(
      MemorySegment block, long offset0, long offset1, long offset2, long offset3, float[] scores) {
    switch (metric) {
      case L2 ->
          kernel.squaredDistances(
              query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
      case IP ->
          kernel.innerProducts(
              query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
      default -> {
        kernel.normalizedInnerProducts(
            query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
        for (int i = 0; i < 4; i++) {
          scores[i] = cosine(scores[i]);
        }
      }
    }
  }

  @Override
  public void scoresInOrder(MemorySegment block, long firstOffset, int count, float[] scores) {
    switch (metric) {
      case L2 ->
          scanKernel.squaredDistances(
              query, queryOffset, block, firstOffset, count, dimension, scores);
      case IP ->
          scanKernel.innerProducts(
              query, queryOffset, block, firstOffset, count, dimension, scores);
      default -> {
        scanKernel.normalizedInnerProducts(
            query, queryOffset, block, firstOffset, count, dimension, scores);
        for (int i = 0; i < count; i++) {
          scores[i] = cosine(scores[i]);
        }
      }
    }
  }

  @Override
  public float score(MemorySegment block, long offset) {
    return switch (metric) {
      case L2 -> kernel.squaredDistance(query, queryOffset, block, offset, dimension);
      case IP -> kernel.innerProduct(query, queryOffset, block, offset, dimension);
      default ->
          cosine(kernel.normalizedInnerProduct(query, queryOffset, block, offset, dimension));
    };
  }

  /** Rounding must not take a cosine out of its interval. */
  private float cosine(float normalizedInnerProduct) {
    return Math.max(-1f, Math.min(1f, normalizedInnerProduct * inverseQueryNorm));
  }

  /** One over the Euclidean norm; 0 for a vector of zeros, whose cosine is 0 with everything. */
  private static float inverseNorm(float[] values, int offset, int dimension) {
    double squaredNorm = 0;
    for (int i = 0; i < dimension; i++) {
      double value = values[offset + i];
      squaredNorm += value * value;
    }
    return squaredNorm == 0 ? 0 : (float) (1 / Math.sqrt(squaredNorm));
  }
}
