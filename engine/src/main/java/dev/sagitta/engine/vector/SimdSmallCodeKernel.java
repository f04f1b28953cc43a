package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation. The square of a difference of two numbers of seven bits is at most
 * 16,129, so that four of them fit an unsigned short: only after four additions are the sums
 * widened to integers.
 */
final class SimdSmallCodeKernel implements SmallCodeKernel {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Not wider than a code's multiple of bytes. */
  private static final int BITS = Math.min(512, ShortVector.SPECIES_PREFERRED.vectorBitSize());

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(BITS));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(BITS / 2));
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
  private static final int LANES = SHORTS.length();
  private static final int ADDITIONS = 4;
  private static final int LOW_HALF = 0xffff;

  @Override
  public String name() {
    return "simd-" + BITS;
  }

  @Override
  public void readBase(MemorySegment rows, long rowOffset, short[] base) {
    for (int i = 0; i < base.length; i += LANES) {
      ((ShortVector)
              ByteVector.fromMemorySegment(BYTES, rows, rowOffset + i, ORDER).castShape(SHORTS, 0))
          .intoArray(base, i);
    }
  }

  @Override
  public void squaredDistances(
      short[] base, MemorySegment rows, long[] rowOffsets, int from, float[] distances) {
    long rowOffset0 = rowOffsets[from];
    long rowOffset1 = rowOffsets[from + 1];
    long rowOffset2 = rowOffsets[from + 2];
    long rowOffset3 = rowOffsets[from + 3];
    IntVector sum0 = IntVector.zero(INTS);
    IntVector sum1 = IntVector.zero(INTS);
    IntVector sum2 = IntVector.zero(INTS);
    IntVector sum3 = IntVector.zero(INTS);
    int i = 0;
    for (; i <= base.length - ADDITIONS * LANES; i += ADDITIONS * LANES) {
      ShortVector numbers0 = ShortVector.fromArray(SHORTS, base, i);
      ShortVector numbers1 = ShortVector.fromArray(SHORTS, base, i + LANES);
      ShortVector numbers2 = ShortVector.fromArray(SHORTS, base, i + 2 * LANES);
      ShortVector numbers3 = ShortVector.fromArray(SHORTS, base, i + 3 * LANES);
      ShortVector difference00 =
          numbers0.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference01 =
          numbers1.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i + LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference02 =
          numbers2.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i + 2L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference03 =
          numbers3.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i + 3L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs0 =
          difference00
              .mul(difference00)
              .add(difference01.mul(difference01))
              .add(difference02.mul(difference02))
              .add(difference03.mul(difference03))
              .reinterpretAsInts();
      sum0 = sum0.add(pairs0.and(LOW_HALF)).add(pairs0.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference10 =
          numbers0.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference11 =
          numbers1.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i + LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference12 =
          numbers2.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i + 2L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference13 =
          numbers3.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i + 3L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs1 =
          difference10
              .mul(difference10)
              .add(difference11.mul(difference11))
              .add(difference12.mul(difference12))
              .add(difference13.mul(difference13))
              .reinterpretAsInts();
      sum1 = sum1.add(pairs1.and(LOW_HALF)).add(pairs1.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference20 =
          numbers0.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference21 =
          numbers1.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i + LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference22 =
          numbers2.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i + 2L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference23 =
          numbers3.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i + 3L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs2 =
          difference20
              .mul(difference20)
              .add(difference21.mul(difference21))
              .add(difference22.mul(difference22))
              .add(difference23.mul(difference23))
              .reinterpretAsInts();
      sum2 = sum2.add(pairs2.and(LOW_HALF)).add(pairs2.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference30 =
          numbers0.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference31 =
          numbers1.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i + LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference32 =
          numbers2.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i + 2L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      ShortVector difference33 =
          numbers3.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i + 3L * LANES, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs3 =
          difference30
              .mul(difference30)
              .add(difference31.mul(difference31))
              .add(difference32.mul(difference32))
              .add(difference33.mul(difference33))
              .reinterpretAsInts();
      sum3 = sum3.add(pairs3.and(LOW_HALF)).add(pairs3.lanewise(VectorOperators.LSHR, 16));
    }
    for (; i < base.length; i += LANES) {
      ShortVector numbers = ShortVector.fromArray(SHORTS, base, i);
      ShortVector difference0 =
          numbers.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs0 = difference0.mul(difference0).reinterpretAsInts();
      sum0 = sum0.add(pairs0.and(LOW_HALF)).add(pairs0.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference1 =
          numbers.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs1 = difference1.mul(difference1).reinterpretAsInts();
      sum1 = sum1.add(pairs1.and(LOW_HALF)).add(pairs1.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference2 =
          numbers.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs2 = difference2.mul(difference2).reinterpretAsInts();
      sum2 = sum2.add(pairs2.and(LOW_HALF)).add(pairs2.lanewise(VectorOperators.LSHR, 16));
      ShortVector difference3 =
          numbers.sub(
              (ShortVector)
                  ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i, ORDER)
                      .castShape(SHORTS, 0));
      IntVector pairs3 = difference3.mul(difference3).reinterpretAsInts();
      sum3 = sum3.add(pairs3.and(LOW_HALF)).add(pairs3.lanewise(VectorOperators.LSHR, 16));
    }
    distances[from] = sum0.reduceLanes(VectorOperators.ADD);
    distances[from + 1] = sum1.reduceLanes(VectorOperators.ADD);
    distances[from + 2] = sum2.reduceLanes(VectorOperators.ADD);
    distances[from + 3] = sum3.reduceLanes(VectorOperators.ADD);
  }
}
