package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class ScalarSmallCodeKernel implements SmallCodeKernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void readBase(MemorySegment rows, long rowOffset, short[] base) {
    for (int i = 0; i < base.length; i++) {
      base[i] = rows.get(LittleEndian.BYTE, rowOffset + i);
    }
  }

  @Override
  public void squaredDistances(
      short[] base, MemorySegment rows, long[] rowOffsets, int from, float[] distances) {
    for (int row = from; row < from + 4; row++) {
      int sum = 0;
      for (int i = 0; i < base.length; i++) {
        int difference = base[i] - rows.get(LittleEndian.BYTE, rowOffsets[row] + i);
        sum += difference * difference;
      }
      distances[row] = sum;
    }
  }
}
