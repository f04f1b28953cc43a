package dev.sagitta.engine.index.code;

import dev.sagitta.engine.schema.MetricType;
import java.util.Arrays;

/** Learns the ranges of scalar codes. */
final class ScalarCodeTraining {
  /** How much of the whole range is tried for one range for all dimensions, in steps of 1/32. */
  private static final int RANGE_PARTS = 32;

  private static final int SMALLEST_RANGE_PART = 6;

  /** Numbers that a tried range is judged by. */
  private static final int JUDGED_VALUES = 1 << 16;

  private ScalarCodeTraining() {}

  /** The smallest and the largest value of each dimension. */
  static ScalarCode perDimension(String name, MetricType metric, int bits, TrainingSample sample) {
    int dimension = sample.dimension();
    float[] minimums = new float[dimension];
    float[] maximums = new float[dimension];
    Arrays.fill(minimums, Float.POSITIVE_INFINITY);
    Arrays.fill(maximums, Float.NEGATIVE_INFINITY);
    float[] values = sample.values();
    for (int row = 0; row < sample.rowCount(); row++) {
      int offset = row * dimension;
      for (int i = 0; i < dimension; i++) {
        minimums[i] = Math.min(minimums[i], values[offset + i]);
        maximums[i] = Math.max(maximums[i], values[offset + i]);
      }
    }
    ScalarCodeLayout layout = new ScalarCodeLayout(dimension, bits);
    float[] steps = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      if (minimums[i] > maximums[i]) {
        minimums[i] = 0;
        maximums[i] = 0;
      }
      steps[i] = (maximums[i] - minimums[i]) / layout.highestLevel();
    }
    return new ScalarCode(name, metric, layout, minimums, steps);
  }

  /**
   * One range for all dimensions: of ranges around the middle of all values the one with the least
   * squared error, since with few levels it pays to give up the rare extremes.
   */
  static ScalarCode uniform(String name, MetricType metric, int bits, TrainingSample sample) {
    int count = sample.rowCount() * sample.dimension();
    float[] values = sample.values();
    float minimum = Float.POSITIVE_INFINITY;
    float maximum = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      minimum = Math.min(minimum, values[i]);
      maximum = Math.max(maximum, values[i]);
    }
    if (count == 0) {
      minimum = 0;
      maximum = 0;
    }
    ScalarCodeLayout layout = new ScalarCodeLayout(sample.dimension(), bits);
    float middle = minimum + (maximum - minimum) / 2;
    float bestMinimum = minimum;
    float bestStep = (maximum - minimum) / layout.highestLevel();
    double leastError = Double.POSITIVE_INFINITY;
    for (int part = SMALLEST_RANGE_PART; part <= RANGE_PARTS; part++) {
      float half = (maximum - minimum) / 2 * part / RANGE_PARTS;
      float step = 2 * half / layout.highestLevel();
      double error = squaredError(values, count, middle - half, step, layout.highestLevel());
      if (error < leastError) {
        leastError = error;
        bestMinimum = middle - half;
        bestStep = step;
      }
    }
    float[] minimums = new float[sample.dimension()];
    float[] steps = new float[sample.dimension()];
    Arrays.fill(minimums, bestMinimum);
    Arrays.fill(steps, bestStep);
    return new ScalarCode(name, metric, layout, minimums, steps);
  }

  private static double squaredError(
      float[] values, int count, float minimum, float step, int highestLevel) {
    int stride = Math.max(1, count / JUDGED_VALUES);
    double sum = 0;
    for (int i = 0; i < count; i += stride) {
      float level = step == 0 ? 0 : (values[i] - minimum) / step;
      double error = values[i] - (minimum + Math.clamp(Math.round(level), 0, highestLevel) * step);
      sum += error * error;
    }
    return sum;
  }
}
