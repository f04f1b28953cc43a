package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.cluster.Centroids;
import dev.sagitta.engine.index.code.TrainingSample;

/** What is left of sampled vectors when their centroids are taken away. */
final class ResidualSample {
  /** The most numbers in a sample: 64 MiB. */
  private static final int VALUES_MAX = 1 << 24;

  private ResidualSample() {}

  /**
   * @param rowsMax vectors wanted; fewer come if there are fewer or their memory is too much
   */
  static TrainingSample of(IvfInput input, int rowsMax) {
    TrainingSample whole = whole(input, rowsMax);
    Centroids centroids = input.centroids();
    float[] values = whole.values();
    int dimension = whole.dimension();
    int[] lists = new int[whole.rowCount()];
    centroids.newAssigner().assign(values, 0, whole.rowCount(), lists, 0);
    float[] centroid = new float[dimension];
    for (int row = 0; row < whole.rowCount(); row++) {
      centroids.copyCentroid(lists[row], centroid, 0);
      for (int i = 0; i < dimension; i++) {
        values[row * dimension + i] -= centroid[i];
      }
    }
    return whole;
  }

  /** Vectors of the input's sample, spread over all of it. */
  static TrainingSample whole(IvfInput input, int rowsMax) {
    CoarseSample sample = input.sample();
    int dimension = sample.dimension();
    int count = Math.min(sample.count(), Math.min(rowsMax, Math.max(1, VALUES_MAX / dimension)));
    float[] values = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      int source = (int) ((long) sample.count() * i / count) * dimension;
      System.arraycopy(sample.vectors(), source, values, i * dimension, dimension);
    }
    return new TrainingSample(values, count, dimension);
  }
}
