package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class ScalarHalvedFloatKernel implements HalvedFloatKernel {
  @Override
  public String name() {
    return "scalar-halved";
  }

  @Override
  public int arrangedLength(int dimension) {
    return dimension;
  }

  @Override
  public void arrange(float[] query, int dimension, float[] arranged) {
    System.arraycopy(query, 0, arranged, 0, dimension);
  }

  @Override
  public void upperSquaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target) {
    for (int row = from; row < from + UPPER_GROUP; row++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        float difference = arranged[i] - upper(rows, rowOffsets[row], i);
        sum += difference * difference;
      }
      target[row] = sum;
    }
  }

  @Override
  public void upperInnerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target) {
    for (int row = from; row < from + UPPER_GROUP; row++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        sum += arranged[i] * upper(rows, rowOffsets[row], i);
      }
      target[row] = sum;
    }
  }

  @Override
  public void squaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target) {
    for (int row = from; row < from + WHOLE_GROUP; row++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        float difference = arranged[i] - whole(rows, rowOffsets[row], toLower, i);
        sum += difference * difference;
      }
      target[row] = sum;
    }
  }

  @Override
  public void innerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target) {
    for (int row = from; row < from + WHOLE_GROUP; row++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        sum += arranged[i] * whole(rows, rowOffsets[row], toLower, i);
      }
      target[row] = sum;
    }
  }

  private static float upper(MemorySegment rows, long rowOffset, int position) {
    return BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * position));
  }

  private static float whole(MemorySegment rows, long rowOffset, long toLower, int position) {
    long offset = rowOffset + 2L * position;
    return FloatHalves.join(
        rows.get(LittleEndian.SHORT, offset), rows.get(LittleEndian.SHORT, offset + toLower));
  }
}
