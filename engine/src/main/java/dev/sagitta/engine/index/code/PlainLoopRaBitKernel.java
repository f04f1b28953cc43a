package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class PlainLoopRaBitKernel implements RaBitKernel {
  @Override
  public float sumOfSet(float[] query, MemorySegment codes, long offset, int words) {
    float sum = 0;
    for (int word = 0; word < words; word++) {
      long bits = codes.get(LittleEndian.LONG, offset + 8L * word);
      while (bits != 0) {
        sum += query[(word << 6) + Long.numberOfTrailingZeros(bits)];
        bits &= bits - 1;
      }
    }
    return sum;
  }

  @Override
  public int bitCount(MemorySegment codes, long offset, int words) {
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Long.bitCount(codes.get(LittleEndian.LONG, offset + 8L * word));
    }
    return count;
  }

  @Override
  public long weightedBitCount(
      long[] planes, int planeCount, MemorySegment codes, long offset, int words) {
    long sum = 0;
    for (int word = 0; word < words; word++) {
      long bits = codes.get(LittleEndian.LONG, offset + 8L * word);
      for (int plane = 0; plane < planeCount; plane++) {
        sum += (long) Long.bitCount(bits & planes[plane * words + word]) << plane;
      }
    }
    return sum;
  }
}
