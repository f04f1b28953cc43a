package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with scalar codes of 8, 6 or 4 bits a number, laid out as {@link
 * ScalarCodeLayout} says. Implementations hold no state and allocate nothing.
 *
 * <p>Arrays have an element for each position of the layout: {@code base} the query less the value
 * of level 0, {@code steps} the difference of neighbouring levels, {@code weights} the query times
 * the step. A distance is the sum of {@code (base - step * level)^2}, a product the sum of {@code
 * weight * level}.
 */
interface ScalarCodeKernel {
  float squaredDistance8(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes);

  float squaredDistance6(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes);

  float squaredDistance4(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes);

  float innerProduct8(float[] weights, MemorySegment codes, long offset, int planeBytes);

  float innerProduct6(float[] weights, MemorySegment codes, long offset, int planeBytes);

  float innerProduct4(float[] weights, MemorySegment codes, long offset, int planeBytes);

  /** Squared distances of four codes to {@code target[0..3]}. */
  void squaredDistances8(
      float[] base,
      float[] steps,
      MemorySegment codes,
      long offset0,
      long offset1,
      long offset2,
      long offset3,
      int planeBytes,
      float[] target);

  /** Inner products of four codes to {@code target[0..3]}. */
  void innerProducts8(
      float[] weights,
      MemorySegment codes,
      long offset0,
      long offset1,
      long offset2,
      long offset3,
      int planeBytes,
      float[] target);
}
