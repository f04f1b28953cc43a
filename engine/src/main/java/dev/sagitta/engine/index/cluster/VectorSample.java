package dev.sagitta.engine.index.cluster;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.vector.UnitVectors;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Vectors of a column to learn from: at most so many, spread over all rows in their order, which
 * reads the column from front to back.
 *
 * @param vectors {@code count} vectors of the column's dimension, one after another
 */
public record VectorSample(float[] vectors, int count) {
  /** Floats of a sample, 256 MiB of them. */
  private static final int FLOATS_MAX = 1 << 26;

  public VectorSample {
    requireNonNull(vectors, "vectors is null");
  }

  /**
   * Draws from the rows that have a vector.
   *
   * @param countMax vectors wanted; fewer are drawn if there are fewer or their memory is too much
   * @param unitLength whether vectors are to be scaled to unit length
   * @param seed equal seeds and columns make equal samples
   */
  public static VectorSample of(
      DenseVectorColumn column, int countMax, boolean unitLength, long seed) {
    int dimension = column.dimension();
    int rows = column.rowCount();
    int wanted = Math.min(rows, Math.min(countMax, Math.max(1, FLOATS_MAX / dimension)));
    float[] vectors = new float[Math.multiplyExact(wanted, dimension)];
    SplittableRandom random = new SplittableRandom(seed);
    int count = 0;
    for (int i = 0; i < wanted; i++) {
      // One row of each of as many equal parts.
      int from = (int) ((long) rows * i / wanted);
      int to = (int) ((long) rows * (i + 1) / wanted);
      int row = from + random.nextInt(to - from);
      if (column.mayHaveNulls() && column.isNull(row)) {
        continue;
      }
      int offset = count * dimension;
      column.copyVector(row, vectors, offset);
      if (unitLength) {
        UnitVectors.normalize(vectors, offset, vectors, offset, dimension);
      }
      count++;
    }
    return new VectorSample(
        count == wanted ? vectors : Arrays.copyOf(vectors, count * dimension), count);
  }
}
