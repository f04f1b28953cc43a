package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation: as many bytes as a vector has floats are widened at a time. The loops
 * are written out in each method, since vectors that pass through small helper methods can end up
 * allocated on the heap. What is left over at the end of a plane is for the plain loops.
 */
final class SimdScalarCodeKernel implements ScalarCodeKernel {
  /** A byte a lane needs vectors of a quarter of the float vectors' width, at least 64 bits. */
  static final int VECTOR_BITS_MIN = 256;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 4)));
  private static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  @Override
  public float squaredDistance8(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector value =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector levels0 = (FloatVector) value.convert(VectorOperators.I2F, 0);
      FloatVector difference0 =
          FloatVector.fromArray(FLOATS, base, j)
              .sub(FloatVector.fromArray(FLOATS, steps, j).mul(levels0));
      sum0 = difference0.fma(difference0, sum0);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      result += square(base[j] - steps[j] * unsigned(codes, offset + j));
    }
    return result;
  }

  @Override
  public float squaredDistance6(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector first =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector second =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j + planeBytes, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector third =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j + 2L * planeBytes, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector last =
          first
              .lanewise(VectorOperators.LSHR, 6)
              .or(second.and(0xc0).lanewise(VectorOperators.LSHR, 4))
              .or(third.and(0xc0).lanewise(VectorOperators.LSHR, 2));
      FloatVector levels0 = (FloatVector) first.and(0x3f).convert(VectorOperators.I2F, 0);
      FloatVector difference0 =
          FloatVector.fromArray(FLOATS, base, j)
              .sub(FloatVector.fromArray(FLOATS, steps, j).mul(levels0));
      sum0 = difference0.fma(difference0, sum0);
      FloatVector levels1 = (FloatVector) second.and(0x3f).convert(VectorOperators.I2F, 0);
      FloatVector difference1 =
          FloatVector.fromArray(FLOATS, base, j + planeBytes)
              .sub(FloatVector.fromArray(FLOATS, steps, j + planeBytes).mul(levels1));
      sum1 = difference1.fma(difference1, sum1);
      FloatVector levels2 = (FloatVector) third.and(0x3f).convert(VectorOperators.I2F, 0);
      FloatVector difference2 =
          FloatVector.fromArray(FLOATS, base, j + 2 * planeBytes)
              .sub(FloatVector.fromArray(FLOATS, steps, j + 2 * planeBytes).mul(levels2));
      sum0 = difference2.fma(difference2, sum0);
      FloatVector levels3 = (FloatVector) last.convert(VectorOperators.I2F, 0);
      FloatVector difference3 =
          FloatVector.fromArray(FLOATS, base, j + 3 * planeBytes)
              .sub(FloatVector.fromArray(FLOATS, steps, j + 3 * planeBytes).mul(levels3));
      sum1 = difference3.fma(difference3, sum1);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      int first = unsigned(codes, offset + j);
      int second = unsigned(codes, offset + j + planeBytes);
      int third = unsigned(codes, offset + j + 2L * planeBytes);
      int last = (first >> 6) | ((second >> 6) << 2) | ((third >> 6) << 4);
      result +=
          square(base[j] - steps[j] * (first & 0x3f))
              + square(base[j + planeBytes] - steps[j + planeBytes] * (second & 0x3f))
              + square(base[j + 2 * planeBytes] - steps[j + 2 * planeBytes] * (third & 0x3f))
              + square(base[j + 3 * planeBytes] - steps[j + 3 * planeBytes] * last);
    }
    return result;
  }

  @Override
  public float squaredDistance4(
      float[] base, float[] steps, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector value =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector levels0 = (FloatVector) value.and(0xf).convert(VectorOperators.I2F, 0);
      FloatVector difference0 =
          FloatVector.fromArray(FLOATS, base, j)
              .sub(FloatVector.fromArray(FLOATS, steps, j).mul(levels0));
      sum0 = difference0.fma(difference0, sum0);
      FloatVector levels1 =
          (FloatVector) value.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0);
      FloatVector difference1 =
          FloatVector.fromArray(FLOATS, base, j + planeBytes)
              .sub(FloatVector.fromArray(FLOATS, steps, j + planeBytes).mul(levels1));
      sum1 = difference1.fma(difference1, sum1);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      int value = unsigned(codes, offset + j);
      result +=
          square(base[j] - steps[j] * (value & 0xf))
              + square(base[j + planeBytes] - steps[j + planeBytes] * (value >> 4));
    }
    return result;
  }

  @Override
  public float innerProduct8(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector value =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector levels0 = (FloatVector) value.convert(VectorOperators.I2F, 0);
      sum0 = FloatVector.fromArray(FLOATS, weights, j).fma(levels0, sum0);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      result += weights[j] * unsigned(codes, offset + j);
    }
    return result;
  }

  @Override
  public float innerProduct6(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector first =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector second =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j + planeBytes, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector third =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j + 2L * planeBytes, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      IntVector last =
          first
              .lanewise(VectorOperators.LSHR, 6)
              .or(second.and(0xc0).lanewise(VectorOperators.LSHR, 4))
              .or(third.and(0xc0).lanewise(VectorOperators.LSHR, 2));
      FloatVector levels0 = (FloatVector) first.and(0x3f).convert(VectorOperators.I2F, 0);
      sum0 = FloatVector.fromArray(FLOATS, weights, j).fma(levels0, sum0);
      FloatVector levels1 = (FloatVector) second.and(0x3f).convert(VectorOperators.I2F, 0);
      sum1 = FloatVector.fromArray(FLOATS, weights, j + planeBytes).fma(levels1, sum1);
      FloatVector levels2 = (FloatVector) third.and(0x3f).convert(VectorOperators.I2F, 0);
      sum0 = FloatVector.fromArray(FLOATS, weights, j + 2 * planeBytes).fma(levels2, sum0);
      FloatVector levels3 = (FloatVector) last.convert(VectorOperators.I2F, 0);
      sum1 = FloatVector.fromArray(FLOATS, weights, j + 3 * planeBytes).fma(levels3, sum1);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      int first = unsigned(codes, offset + j);
      int second = unsigned(codes, offset + j + planeBytes);
      int third = unsigned(codes, offset + j + 2L * planeBytes);
      int last = (first >> 6) | ((second >> 6) << 2) | ((third >> 6) << 4);
      result +=
          weights[j] * (first & 0x3f)
              + weights[j + planeBytes] * (second & 0x3f)
              + weights[j + 2 * planeBytes] * (third & 0x3f)
              + weights[j + 3 * planeBytes] * last;
    }
    return result;
  }

  @Override
  public float innerProduct4(float[] weights, MemorySegment codes, long offset, int planeBytes) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      IntVector value =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector levels0 = (FloatVector) value.and(0xf).convert(VectorOperators.I2F, 0);
      sum0 = FloatVector.fromArray(FLOATS, weights, j).fma(levels0, sum0);
      FloatVector levels1 =
          (FloatVector) value.lanewise(VectorOperators.LSHR, 4).convert(VectorOperators.I2F, 0);
      sum1 = FloatVector.fromArray(FLOATS, weights, j + planeBytes).fma(levels1, sum1);
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      int value = unsigned(codes, offset + j);
      result += weights[j] * (value & 0xf) + weights[j + planeBytes] * (value >> 4);
    }
    return result;
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
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      FloatVector part = FloatVector.fromArray(FLOATS, base, j);
      FloatVector step = FloatVector.fromArray(FLOATS, steps, j);
      FloatVector levels0 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset0 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels1 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset1 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels2 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset2 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels3 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset3 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector difference0 = part.sub(step.mul(levels0));
      sum0 = difference0.fma(difference0, sum0);
      FloatVector difference1 = part.sub(step.mul(levels1));
      sum1 = difference1.fma(difference1, sum1);
      FloatVector difference2 = part.sub(step.mul(levels2));
      sum2 = difference2.fma(difference2, sum2);
      FloatVector difference3 = part.sub(step.mul(levels3));
      sum3 = difference3.fma(difference3, sum3);
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      result0 += square(base[j] - steps[j] * unsigned(codes, offset0 + j));
      result1 += square(base[j] - steps[j] * unsigned(codes, offset1 + j));
      result2 += square(base[j] - steps[j] * unsigned(codes, offset2 + j));
      result3 += square(base[j] - steps[j] * unsigned(codes, offset3 + j));
    }
    target[0] = result0;
    target[1] = result1;
    target[2] = result2;
    target[3] = result3;
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
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= planeBytes - LANES; j += LANES) {
      FloatVector weight = FloatVector.fromArray(FLOATS, weights, j);
      FloatVector levels0 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset0 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels1 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset1 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels2 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset2 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      FloatVector levels3 =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, codes, offset3 + j, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                  .convert(VectorOperators.I2F, 0);
      sum0 = weight.fma(levels0, sum0);
      sum1 = weight.fma(levels1, sum1);
      sum2 = weight.fma(levels2, sum2);
      sum3 = weight.fma(levels3, sum3);
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; j < planeBytes; j++) {
      result0 += weights[j] * unsigned(codes, offset0 + j);
      result1 += weights[j] * unsigned(codes, offset1 + j);
      result2 += weights[j] * unsigned(codes, offset2 + j);
      result3 += weights[j] * unsigned(codes, offset3 + j);
    }
    target[0] = result0;
    target[1] = result1;
    target[2] = result2;
    target[3] = result3;
  }

  private static int unsigned(MemorySegment codes, long offset) {
    return codes.get(LittleEndian.BYTE, offset) & 0xff;
  }

  private static float square(float value) {
    return value * value;
  }
}
