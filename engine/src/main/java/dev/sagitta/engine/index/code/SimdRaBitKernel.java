package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation. Bits become the masks of additions; bits are counted a word a lane.
 * The loops are written out in each method and no outer loop carries a vector, since such vectors
 * and those that pass through small helper methods can end up allocated on the heap.
 */
final class SimdRaBitKernel implements RaBitKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int FLOAT_LANES = FLOATS.length();
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LONG_LANES = LONGS.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  @Override
  public float sumOfSet(float[] query, MemorySegment codes, long offset, int words) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    for (int i = 0; i < words * Long.SIZE; i += 2 * FLOAT_LANES) {
      long bits = codes.get(LittleEndian.LONG, offset + 8L * (i >> 6)) >>> (i & 63);
      VectorMask<Float> set0 = VectorMask.fromLong(FLOATS, bits);
      VectorMask<Float> set1 = VectorMask.fromLong(FLOATS, bits >>> FLOAT_LANES);
      sum0 = sum0.add(FloatVector.fromArray(FLOATS, query, i), set0);
      sum1 = sum1.add(FloatVector.fromArray(FLOATS, query, i + FLOAT_LANES), set1);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public int bitCount(MemorySegment codes, long offset, int words) {
    LongVector sum = LongVector.zero(LONGS);
    int word = 0;
    for (; word <= words - LONG_LANES; word += LONG_LANES) {
      sum =
          sum.add(
              LongVector.fromMemorySegment(LONGS, codes, offset + 8L * word, ORDER)
                  .lanewise(VectorOperators.BIT_COUNT));
    }
    long count = sum.reduceLanes(VectorOperators.ADD);
    for (; word < words; word++) {
      count += Long.bitCount(codes.get(LittleEndian.LONG, offset + 8L * word));
    }
    return (int) count;
  }

  @Override
  public long weightedBitCount(
      long[] planes, int planeCount, MemorySegment codes, long offset, int words) {
    long sum = 0;
    int word = 0;
    for (; word <= words - LONG_LANES; word += LONG_LANES) {
      LongVector bits = LongVector.fromMemorySegment(LONGS, codes, offset + 8L * word, ORDER);
      LongVector sums = LongVector.zero(LONGS);
      for (int plane = 0; plane < planeCount; plane++) {
        LongVector common = bits.and(LongVector.fromArray(LONGS, planes, plane * words + word));
        sums =
            sums.add(
                common.lanewise(VectorOperators.BIT_COUNT).lanewise(VectorOperators.LSHL, plane));
      }
      sum += sums.reduceLanes(VectorOperators.ADD);
    }
    for (; word < words; word++) {
      long bits = codes.get(LittleEndian.LONG, offset + 8L * word);
      for (int plane = 0; plane < planeCount; plane++) {
        sum += (long) Long.bitCount(bits & planes[plane * words + word]) << plane;
      }
    }
    return sum;
  }
}
