package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.UnitVectors;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Turns vectors into their components along axes. The axes are rounded to bytes, each with a scale
 * of its own: a search reads all of them, and a quarter of the bytes stays in the second-level
 * cache. Since rows and queries are projected alike, rounded axes are only slightly skewed ones.
 */
final class AxisProjection {
  /** Axes that are compared with a vector at once. */
  static final int GROUP = 4;

  private static final VectorKernel KERNEL = VectorKernels.of(DataType.INT8_VECTOR);

  private final boolean normalizes;
  private final float[] mean;
  private final float[] scales;
  private final int axisCount;

  /** Axis by axis, outside the heap as all that kernels read. */
  private final MemorySegment axes;

  /**
   * @param normalizes whether vectors are scaled to unit length first
   * @param mean what is subtracted from vectors
   * @param axes axis by axis, each of the mean's length
   */
  AxisProjection(boolean normalizes, float[] mean, float[] axes) {
    this.normalizes = normalizes;
    this.mean = requireNonNull(mean, "mean is null");
    this.axisCount = axes.length / mean.length;
    this.axes = Arena.ofAuto().allocate(axes.length, 64);
    this.scales = new float[axisCount];
    for (int axis = 0; axis < axisCount; axis++) {
      round(axes, axis);
    }
  }

  private void round(float[] values, int axis) {
    int from = axis * mean.length;
    float greatest = 0;
    for (int i = 0; i < mean.length; i++) {
      greatest = Math.max(greatest, Math.abs(values[from + i]));
    }
    scales[axis] = greatest / Byte.MAX_VALUE;
    for (int i = 0; i < mean.length; i++) {
      float number = greatest == 0 ? 0 : values[from + i] / scales[axis];
      axes.set(LittleEndian.BYTE, (long) from + i, (byte) Math.round(number));
    }
  }

  int dimension() {
    return mean.length;
  }

  int axisCount() {
    return axisCount;
  }

  /** Elements that the target of a projection has. */
  int targetLength() {
    return axisCount + GROUP;
  }

  float[] mean() {
    return mean;
  }

  /** The axes as they are after rounding. */
  void copyAxes(float[] target, int offset) {
    for (int i = 0; i < axisCount * mean.length; i++) {
      target[offset + i] = axes.get(LittleEndian.BYTE, i) * scales[i / mean.length];
    }
  }

  /**
   * Writes the components of a vector along the axes to {@code target}.
   *
   * @param scratch has as many elements as the dimension
   * @param target has {@link #targetLength} elements
   * @param four scratch of {@link #GROUP} elements
   */
  void project(
      float[] vector,
      int offset,
      boolean subtractMean,
      float[] scratch,
      float[] target,
      float[] four) {
    prepare(vector, offset, subtractMean, scratch);
    int dimension = mean.length;
    long last = (axisCount - 1L) * dimension;
    for (int axis = 0; axis < axisCount; axis += GROUP) {
      long at = (long) axis * dimension;
      KERNEL.innerProducts(
          scratch,
          0,
          axes,
          at,
          Math.min(last, at + dimension),
          Math.min(last, at + 2L * dimension),
          Math.min(last, at + 3L * dimension),
          dimension,
          four);
      System.arraycopy(four, 0, target, axis, GROUP);
    }
    for (int axis = 0; axis < axisCount; axis++) {
      target[axis] *= scales[axis];
    }
  }

  /** The squared distance of the vector from the mean. */
  float squaredNorm(float[] vector, int offset, float[] scratch) {
    prepare(vector, offset, true, scratch);
    double sum = 0;
    for (float value : scratch) {
      sum += (double) value * value;
    }
    return (float) sum;
  }

  private void prepare(float[] vector, int offset, boolean subtractMean, float[] target) {
    if (normalizes) {
      UnitVectors.normalize(vector, offset, target, 0, mean.length);
    } else {
      System.arraycopy(vector, offset, target, 0, mean.length);
    }
    if (subtractMean) {
      for (int i = 0; i < mean.length; i++) {
        target[i] -= mean[i];
      }
    }
  }
}
