package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class PlainLoopScalarCodeKernel implements ScalarCodeKernel {
  @Override
  public float squaredDistance8(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      sum += square(base[j] - steps[j] * unsigned(codes, offset + j));
    }
    return sum;
  }

  @Override
  public float squaredDistance6(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      int first = unsigned(codes, offset + j);
      int second = unsigned(codes, offset + j + planeBytes);
      int third = unsigned(codes, offset + j + 2L * planeBytes);
      int position1 = j + planeBytes;
      int position2 = j + 2 * planeBytes;
      int position3 = j + 3 * planeBytes;
      sum +=
          square(base[j] - steps[j] * (first & 0x3f))
              + square(base[position1] - steps[position1] * (second & 0x3f))
              + square(base[position2] - steps[position2] * (third & 0x3f))
              + square(base[position3] - steps[position3] * last(first, second, third));
    }
    return sum;
  }

  @Override
  public float squaredDistance4(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      int value = unsigned(codes, offset + j);
      int position1 = j + planeBytes;
      sum +=
          square(base[j] - steps[j] * (value & 0xf))
              + square(base[position1] - steps[position1] * (value >> 4));
    }
    return sum;
  }

  @Override
  public float innerProduct8(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      sum += weights[j] * unsigned(codes, offset + j);
    }
    return sum;
  }

  @Override
  public float innerProduct6(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      int first = unsigned(codes, offset + j);
      int second = unsigned(codes, offset + j + planeBytes);
      int third = unsigned(codes, offset + j + 2L * planeBytes);
      sum +=
          weights[j] * (first & 0x3f)
              + weights[j + planeBytes] * (second & 0x3f)
              + weights[j + 2 * planeBytes] * (third & 0x3f)
              + weights[j + 3 * planeBytes] * last(first, second, third);
    }
    return sum;
  }

  @Override
  public float innerProduct4(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    float sum = 0;
    for (int j = 0; j < planeBytes; j++) {
      int value = unsigned(codes, offset + j);
      sum += weights[j] * (value & 0xf) + weights[j + planeBytes] * (value >> 4);
    }
    return sum;
  }

  @Override
  public void squaredDistances8(
      float[] base,
      float[] steps,
      MemorySegment codes,
      long offset0,
      long offset1,
      long offset2,
      long offset3,
      int planeBytes,
      float[] target) {
    target[0] = squaredDistance8(base, steps, codes, offset0, planeBytes);
    target[1] = squaredDistance8(base, steps, codes, offset1, planeBytes);
    target[2] = squaredDistance8(base, steps, codes, offset2, planeBytes);
    target[3] = squaredDistance8(base, steps, codes, offset3, planeBytes);
  }

  @Override
  public void innerProducts8(
      float[] weights,
      MemorySegment codes,
      long offset0,
      long offset1,
      long offset2,
      long offset3,
      int planeBytes,
      float[] target) {
    target[0] = innerProduct8(weights, codes, offset0, planeBytes);
    target[1] = innerProduct8(weights, codes, offset1, planeBytes);
    target[2] = innerProduct8(weights, codes, offset2, planeBytes);
    target[3] = innerProduct8(weights, codes, offset3, planeBytes);
  }

  private static int unsigned(MemorySegment codes, long offset) {
    return codes.get(LittleEndian.BYTE, offset) & 0xff;
  }

  private static int last(int first, int second, int third) {
    return (first >> 6) | ((second >> 6) << 2) | ((third >> 6) << 4);
  }

  private static float square(float value) {
    return value * value;
  }
}
