package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PackedVectorColumn;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Vectors to learn from, spread over all rows in their order, which reads the column from front to
 * back.
 *
 * @param vectors {@code count} vectors, one after another
 */
record CoarseSample(float[] vectors, int count, int dimension) {
  /** Floats of a sample, 256 MiB of them. */
  private static final int FLOATS_MAX = 1 << 26;

  CoarseSample {
    requireNonNull(vectors, "vectors is null");
  }

  /**
   * Draws from the rows that have a vector.
   *
   * @param countMax vectors wanted; fewer are drawn if there are fewer or their memory is too much
   * @param seed equal seeds and columns make equal samples
   */
  static CoarseSample of(PackedVectorColumn column, CoarseSpace space, int countMax, long seed) {
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
      if (!column.mayHaveNulls() || !column.isNull(row)) {
        space.read(column, row, vectors, count++ * dimension);
      }
    }
    float[] drawn = count == wanted ? vectors : Arrays.copyOf(vectors, count * dimension);
    return new CoarseSample(drawn, count, dimension);
  }
}
