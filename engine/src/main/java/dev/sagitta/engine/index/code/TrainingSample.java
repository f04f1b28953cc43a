package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;
import java.util.SplittableRandom;

/**
 * Vectors to learn from, one after another in one array of bounded size.
 *
 * @param values {@code rowCount * dimension} numbers
 * @param rowCount number of vectors, possibly 0
 * @param dimension numbers of a vector
 */
public record TrainingSample(float[] values, int rowCount, int dimension) {
  /** The most numbers in a sample: 64 MiB. */
  private static final int VALUES_MAX = 1 << 24;

  public TrainingSample {
    requireNonNull(values, "values is null");
    if (rowCount < 0 || dimension < 1 || values.length < (long) rowCount * dimension) {
      throw new IllegalArgumentException(
          "no such sample: rowCount="
              + rowCount
              + " dimension="
              + dimension
              + " values="
              + values.length);
    }
  }

  /**
   * Draws rows that have a vector, in the order of the column, the same ones for the same seed.
   *
   * @param metric COSINE scales the vectors to unit length
   * @param rowsMax the most rows to draw; fewer come if they would take too much memory
   */
  public static TrainingSample of(
      DenseVectorColumn vectors, MetricType metric, int rowsMax, long seed) {
    requireNonNull(vectors, "vectors is null");
    requireNonNull(metric, "metric is null");
    int dimension = vectors.dimension();
    int total = vectors.rowCount();
    int wanted = Math.min(total, Math.min(rowsMax, Math.max(1, VALUES_MAX / dimension)));
    float[] values = new float[wanted * dimension];
    SplittableRandom random = new SplittableRandom(seed);
    int count = 0;
    // Selection sampling: each row is taken with the chance that the rest of the sample needs.
    for (int row = 0; row < total && count < wanted; row++) {
      boolean taken = random.nextInt(total - row) < wanted - count;
      if (taken && !(vectors.mayHaveNulls() && vectors.isNull(row))) {
        int offset = count++ * dimension;
        vectors.copyVector(row, values, offset);
        if (metric == MetricType.COSINE) {
          UnitVectors.normalize(values, offset, values, offset, dimension);
        }
      }
    }
    return new TrainingSample(values, count, dimension);
  }
}
