package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A byte for each component along the axes: {@code least + step * level}. Far finer than the parts
 * of a {@link FastScanCode}, for estimates of one node at a time.
 *
 * <p>A code is {@link #codeBytes} long: the levels, zeros, and in the last four bytes a float, the
 * squared length of the row as its levels have it and of what lies off the axes. With it a squared
 * distance only lacks the product of what row and query have off the axes.
 */
final class AxisLevels {
  /** Bytes of levels that kernels work on at a time. */
  private static final int PLANE_MULTIPLE = 16;

  private static final int LEVEL_MAX = 255;

  private final float[] leasts;
  private final float[] steps;

  AxisLevels(float[] leasts, float[] steps) {
    this.leasts = requireNonNull(leasts, "leasts is null");
    this.steps = requireNonNull(steps, "steps is null");
  }

  /**
   * Spreads the levels over all components of a sample.
   *
   * @param rotated row by row, {@code axes} components each
   */
  static AxisLevels train(float[] rotated, int axes) {
    float[] leasts = new float[axes];
    float[] greatests = new float[axes];
    Arrays.fill(leasts, Float.POSITIVE_INFINITY);
    Arrays.fill(greatests, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rotated.length; i++) {
      int axis = i % axes;
      leasts[axis] = Math.min(leasts[axis], rotated[i]);
      greatests[axis] = Math.max(greatests[axis], rotated[i]);
    }
    float[] steps = new float[axes];
    for (int axis = 0; axis < axes; axis++) {
      boolean isEmpty = greatests[axis] < leasts[axis];
      steps[axis] = isEmpty ? 0 : (greatests[axis] - leasts[axis]) / LEVEL_MAX;
      leasts[axis] = isEmpty ? 0 : leasts[axis];
    }
    return new AxisLevels(leasts, steps);
  }

  float[] leasts() {
    return leasts;
  }

  float[] steps() {
    return steps;
  }

  /** Bytes of the levels with the zeros behind them. */
  int planeBytes() {
    return Math.ceilDiv(leasts.length, PLANE_MULTIPLE) * PLANE_MULTIPLE;
  }

  int codeBytes() {
    return planeBytes() + Float.BYTES;
  }

  /**
   * Encodes a row.
   *
   * @param rotated the row's components
   * @param squaredNorm the row's squared distance from the mean, with what lies off the axes
   */
  void encode(float[] rotated, float squaredNorm, MemorySegment target, long offset) {
    double kept = 0;
    double coded = 0;
    for (int axis = 0; axis < leasts.length; axis++) {
      float number = steps[axis] == 0 ? 0 : (rotated[axis] - leasts[axis]) / steps[axis];
      int level = Math.clamp(Math.round(number), 0, LEVEL_MAX);
      target.set(LittleEndian.BYTE, offset + axis, (byte) level);
      double value = value(axis, level);
      kept += (double) rotated[axis] * rotated[axis];
      coded += value * value;
    }
    for (int i = leasts.length; i < planeBytes(); i++) {
      target.set(LittleEndian.BYTE, offset + i, (byte) 0);
    }
    double norm = coded + Math.max(0, squaredNorm - kept);
    target.set(LittleEndian.FLOAT, offset + planeBytes(), (float) norm);
  }

  /** What a level stands for. */
  double value(int axis, int level) {
    return leasts[axis] + (double) steps[axis] * level;
  }
}
