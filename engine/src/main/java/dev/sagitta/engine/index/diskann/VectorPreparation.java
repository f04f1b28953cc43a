package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;

/** Brings vectors into the form that {@link DistinctVectors} describes. */
final class VectorPreparation {
  /** Floats of a prepared vector are a multiple of this, so that no kernel has a tail to do. */
  private static final int LENGTH_MULTIPLE = 16;

  private final DenseVectorColumn vectors;
  private final MetricType metric;
  private final double largestSquaredNorm;

  private VectorPreparation(
      DenseVectorColumn vectors, MetricType metric, double largestSquaredNorm) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.largestSquaredNorm = largestSquaredNorm;
  }

  /** For inner products, reads all vectors once. */
  static VectorPreparation of(DenseVectorColumn vectors, MetricType metric) {
    double largest = 0;
    if (metric == MetricType.IP) {
      float[] vector = new float[vectors.dimension()];
      for (int row = 0; row < vectors.rowCount(); row++) {
        if (!vectors.mayHaveNulls() || !vectors.isNull(row)) {
          vectors.copyVector(row, vector, 0);
          largest = Math.max(largest, squaredNorm(vector, vector.length));
        }
      }
    }
    return new VectorPreparation(vectors, metric, largest);
  }

  /** Floats of a prepared vector. */
  int length() {
    int used = vectors.dimension() + (metric == MetricType.IP ? 1 : 0);
    return Math.ceilDiv(used, LENGTH_MULTIPLE) * LENGTH_MULTIPLE;
  }

  /** Writes the prepared vector of a row to the first {@link #length()} floats of the target. */
  void prepare(int row, float[] target) {
    int dimension = vectors.dimension();
    vectors.copyVector(row, target, 0);
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(target, 0, target, 0, dimension);
    }
    for (int i = 0; i < dimension; i++) {
      // Makes one zero of the two, which are equal but have different bits.
      target[i] += 0f;
    }
    for (int i = dimension; i < length(); i++) {
      target[i] = 0;
    }
    if (metric == MetricType.IP) {
      double missing = largestSquaredNorm - squaredNorm(target, dimension);
      target[dimension] = (float) Math.sqrt(Math.max(0, missing));
    }
  }

  private static double squaredNorm(float[] vector, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) vector[i] * vector[i];
    }
    return sum;
  }
}
