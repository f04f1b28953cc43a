package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Estimates how far codes of {@link AxisLevels} are from a query: squared distances, or inner
 * products with the sign changed, less a constant of the query. For one thread; to be pooled.
 */
public final class AxisScorer {
  private final ScalarCodeKernel kernel = ScalarCodeKernels.preferred();
  private final AxisLevels levels;
  private final boolean comparesProducts;
  private final float[] weights;
  private final int planeBytes;

  AxisScorer(AxisLevels levels, boolean comparesProducts) {
    this.levels = requireNonNull(levels, "levels is null");
    this.comparesProducts = comparesProducts;
    this.planeBytes = levels.planeBytes();
    this.weights = new float[planeBytes];
  }

  /** Compares with a query's components from now on. */
  void setQuery(float[] rotated) {
    float[] steps = levels.steps();
    for (int axis = 0; axis < steps.length; axis++) {
      weights[axis] = rotated[axis] * steps[axis];
    }
  }

  /** Compares with a row from now on, given by its code. */
  public void setRow(MemorySegment codes, long offset) {
    float[] steps = levels.steps();
    for (int axis = 0; axis < steps.length; axis++) {
      int level = Byte.toUnsignedInt(codes.get(LittleEndian.BYTE, offset + axis));
      weights[axis] = (float) levels.value(axis, level) * steps[axis];
    }
  }

  /** The estimate for the code at the offset; less is nearer. */
  public float score(MemorySegment codes, long offset) {
    float product = kernel.innerProduct8(weights, codes, offset, planeBytes);
    return comparesProducts
        ? -product
        : codes.get(LittleEndian.FLOAT, offset + planeBytes) - 2 * product;
  }

  /** The estimates for four codes. */
  public void scores(
      MemorySegment codes, long offset0, long offset1, long offset2, long offset3, float[] scores) {
    kernel.innerProducts8(weights, codes, offset0, offset1, offset2, offset3, planeBytes, scores);
    if (comparesProducts) {
      for (int i = 0; i < 4; i++) {
        scores[i] = -scores[i];
      }
    } else {
      scores[0] = codes.get(LittleEndian.FLOAT, offset0 + planeBytes) - 2 * scores[0];
      scores[1] = codes.get(LittleEndian.FLOAT, offset1 + planeBytes) - 2 * scores[1];
      scores[2] = codes.get(LittleEndian.FLOAT, offset2 + planeBytes) - 2 * scores[2];
      scores[3] = codes.get(LittleEndian.FLOAT, offset3 + planeBytes) - 2 * scores[3];
    }
  }
}
