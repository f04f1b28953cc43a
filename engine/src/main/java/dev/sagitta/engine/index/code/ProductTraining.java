package dev.sagitta.engine.index.code;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Learns the codebooks of a product quantizer with Lloyd's algorithm, part by part, each part on
 * one thread; a level learns from what the levels before left over. The result depends on the
 * sample and the seed only, not on the number of threads.
 */
final class ProductTraining {
  /** Rows of the sample that a centroid learns from; more bring little. */
  static final int ROWS_PER_CENTROID = 128;

  private static final int ROUNDS = 10;
  private static final CentroidKernel KERNEL = CentroidKernels.preferred();

  private final ProductCodebooks codebooks;
  private final TrainingSample sample;
  private final long seed;
  private final BuildProgress progress;

  private ProductTraining(
      ProductCodebooks codebooks, TrainingSample sample, long seed, BuildProgress progress) {
    this.codebooks = codebooks;
    this.sample = sample;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * Learns codebooks.
   *
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  static ProductCodebooks train(
      int parts, int bits, int levels, TrainingSample sample, long seed, BuildProgress progress) {
    int dimension = sample.dimension();
    float[] values = new float[Math.toIntExact(ProductCodebooks.size(dimension, bits, levels))];
    ProductCodebooks codebooks = new ProductCodebooks(dimension, parts, bits, levels, values);
    ProductTraining training = new ProductTraining(codebooks, sample, seed, progress);
    BuildThreads.run(parts, 1, progress, () -> (part, end) -> training.trainPart(part));
    return codebooks;
  }

  private void trainPart(int part) {
    int rows = sample.rowCount();
    if (rows == 0) {
      return;
    }
    int length = codebooks.partDimension();
    float[] points = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      int from = row * sample.dimension() + part * length;
      System.arraycopy(sample.values(), from, points, row * length, length);
    }
    int[] assignments = new int[rows];
    for (int level = 0; level < codebooks.levels(); level++) {
      cluster(level, part, points, assignments);
      for (int row = 0; row < rows; row++) {
        codebooks.subtract(level, part, assignments[row], points, row * length);
      }
    }
  }

  private void cluster(int level, int part, float[] points, int[] assignments) {
    int length = codebooks.partDimension();
    int count = codebooks.centroids();
    int rows = assignments.length;
    float[] values = codebooks.values();
    int offset = codebooks.offset(level, part);
    SplittableRandom random = new SplittableRandom(seed + 31L * level + 1009L * part);
    int[] first = drawRows(rows, Math.min(rows, count), random);
    for (int c = 0; c < count; c++) {
      // With fewer rows than centroids the rest repeats the first one and is never the nearest.
      place(points, first[c < first.length ? c : 0], values, offset, c);
    }
    float[] sums = new float[count * length];
    int[] sizes = new int[count];
    for (int round = 0; round < ROUNDS; round++) {
      progress.requireNotCancelled();
      assign(points, values, offset, assignments);
      if (rows <= count) {
        return;
      }
      Arrays.fill(sums, 0);
      Arrays.fill(sizes, 0);
      for (int row = 0; row < rows; row++) {
        int c = assignments[row];
        sizes[c]++;
        for (int i = 0; i < length; i++) {
          sums[c * length + i] += points[row * length + i];
        }
      }
      for (int c = 0; c < count; c++) {
        if (sizes[c] == 0) {
          place(points, random.nextInt(rows), values, offset, c);
        } else {
          for (int i = 0; i < length; i++) {
            values[offset + i * count + c] = sums[c * length + i] / sizes[c];
          }
        }
      }
    }
    assign(points, values, offset, assignments);
  }

  private void assign(float[] points, float[] values, int offset, int[] assignments) {
    int length = codebooks.partDimension();
    for (int row = 0; row < assignments.length; row++) {
      assignments[row] =
          KERNEL.nearest(points, row * length, length, values, offset, codebooks.centroids());
    }
  }

  private void place(float[] points, int row, float[] values, int offset, int centroid) {
    int length = codebooks.partDimension();
    for (int i = 0; i < length; i++) {
      values[offset + i * codebooks.centroids() + centroid] = points[row * length + i];
    }
  }

  /** Different rows in random order: the beginning of a shuffle. */
  private static int[] drawRows(int rows, int count, SplittableRandom random) {
    int[] all = new int[rows];
    for (int i = 0; i < rows; i++) {
      all[i] = i;
    }
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, rows);
      int drawn = all[j];
      all[j] = all[i];
      all[i] = drawn;
    }
    return Arrays.copyOf(all, count);
  }
}
