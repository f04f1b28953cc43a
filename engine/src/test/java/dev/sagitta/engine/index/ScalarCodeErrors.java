package dev.sagitta.engine.index;

import dev.sagitta.engine.schema.MetricType;

/** How far the score of a row that is kept in scalar codes can be from the true one, at most. */
public final class ScalarCodeErrors {
  private static final int HIGHEST_LEVEL = 255;

  private ScalarCodeErrors() {}

  /**
   * The bound for codes of a byte a number, of vectors or of what is left of them without a
   * centroid (whose range is at most twice that of the vectors): each number is off by half a
   * level.
   */
  public static double ofBytes(MetricType metric, float[][] rows, float[] query) {
    double[][] vectors = new double[rows.length][];
    double[] asked = vector(metric, query);
    double[] minimums = asked.clone();
    double[] maximums = asked.clone();
    for (int row = 0; row < rows.length; row++) {
      vectors[row] = vector(metric, rows[row]);
      for (int i = 0; i < asked.length; i++) {
        minimums[i] = Math.min(minimums[i], vectors[row][i]);
        maximums[i] = Math.max(maximums[i], vectors[row][i]);
      }
    }
    double largest = 0;
    for (double[] vector : vectors) {
      double sum = 0;
      for (int i = 0; i < asked.length; i++) {
        double off = (maximums[i] - minimums[i]) / HIGHEST_LEVEL;
        sum +=
            metric == MetricType.L2
                ? 2 * Math.abs(asked[i] - vector[i]) * off + off * off
                : Math.abs(asked[i]) * off;
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[] vector(MetricType metric, float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double scale = metric == MetricType.COSINE && squares > 0 ? 1 / Math.sqrt(squares) : 1;
    double[] vector = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      vector[i] = values[i] * scale;
    }
    return vector;
  }
}
