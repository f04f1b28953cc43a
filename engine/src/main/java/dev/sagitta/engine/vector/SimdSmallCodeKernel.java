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
    for (int start = 0; start < base.length; start += ADDITIONS * LANES) {
      ShortVector part0 = ShortVector.zero(SHORTS);
      ShortVector part1 = ShortVector.zero(SHORTS);
      ShortVector part2 = ShortVector.zero(SHORTS);
      ShortVector part3 = ShortVector.zero(SHORTS);
      int end = Math.min(base.length, start + ADDITIONS * LANES);
      for (int i = start; i < end; i += LANES) {
        ShortVector numbers = ShortVector.fromArray(SHORTS, base, i);
        ShortVector difference0 =
            numbers.sub(
                (ShortVector)
                    ByteVector.fromMemorySegment(BYTES, rows, rowOffset0 + i, ORDER)
                        .castShape(SHORTS, 0));
        part0 = part0.add(difference0.mul(difference0));
        ShortVector difference1 =
            numbers.sub(
                (ShortVector)
                    ByteVector.fromMemorySegment(BYTES, rows, rowOffset1 + i, ORDER)
                        .castShape(SHORTS, 0));
        part1 = part1.add(difference1.mul(difference1));
        ShortVector difference2 =
            numbers.sub(
                (ShortVector)
                    ByteVector.fromMemorySegment(BYTES, rows, rowOffset2 + i, ORDER)
                        .castShape(SHORTS, 0));
        part2 = part2.add(difference2.mul(difference2));
        ShortVector difference3 =
            numbers.sub(
                (ShortVector)
                    ByteVector.fromMemorySegment(BYTES, rows, rowOffset3 + i, ORDER)
                        .castShape(SHORTS, 0));
        part3 = part3.add(difference3.mul(difference3));
      }
      IntVector pairs0 = part0.reinterpretAsInts();
      sum0 = sum0.add(pairs0.and(LOW_HALF)).add(pairs0.lanewise(VectorOperators.LSHR, 16));
      IntVector pairs1 = part1.reinterpretAsInts();
      sum1 = sum1.add(pairs1.and(LOW_HALF)).add(pairs1.lanewise(VectorOperators.LSHR, 16));
      IntVector pairs2 = part2.reinterpretAsInts();
      sum2 = sum2.add(pairs2.and(LOW_HALF)).add(pairs2.lanewise(VectorOperators.LSHR, 16));
      IntVector pairs3 = part3.reinterpretAsInts();
      sum3 = sum3.add(pairs3.and(LOW_HALF)).add(pairs3.lanewise(VectorOperators.LSHR, 16));
    }
    distances[from] = sum0.reduceLanes(VectorOperators.ADD);
    distances[from + 1] = sum1.reduceLanes(VectorOperators.ADD);
    distances[from + 2] = sum2.reduceLanes(VectorOperators.ADD);
    distances[from + 3] = sum3.reduceLanes(VectorOperators.ADD);
  }
}
