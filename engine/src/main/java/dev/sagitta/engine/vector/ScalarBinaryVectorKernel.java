package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Byte by byte: the specification of the Vector API twin, and its fallback. */
final class ScalarBinaryVectorKernel implements BinaryVectorKernel {
  @Override
  public String name() {
    return "scalar-binary";
  }

  @Override
  public int hammingDistance(
      byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes) {
    int count = 0;
    for (int i = 0; i < bytes; i++) {
      int difference = query[queryOffset + i] ^ rows.get(LittleEndian.BYTE, rowOffset + i);
      count += Integer.bitCount(difference & 0xff);
    }
    return count;
  }

  @Override
  public void hammingDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores) {
    scores[0] = hammingDistance(query, queryOffset, rows, rowOffset0, bytes);
    scores[1] = hammingDistance(query, queryOffset, rows, rowOffset1, bytes);
    scores[2] = hammingDistance(query, queryOffset, rows, rowOffset2, bytes);
    scores[3] = hammingDistance(query, queryOffset, rows, rowOffset3, bytes);
  }

  @Override
  public float jaccardDistance(
      byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes) {
    int common = 0;
    int either = 0;
    for (int i = 0; i < bytes; i++) {
      int left = query[queryOffset + i] & 0xff;
      int right = rows.get(LittleEndian.BYTE, rowOffset + i) & 0xff;
      common += Integer.bitCount(left & right);
      either += Integer.bitCount(left | right);
    }
    return JaccardDistances.of(common, either);
  }

  @Override
  public void jaccardDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores) {
    scores[0] = jaccardDistance(query, queryOffset, rows, rowOffset0, bytes);
    scores[1] = jaccardDistance(query, queryOffset, rows, rowOffset1, bytes);
    scores[2] = jaccardDistance(query, queryOffset, rows, rowOffset2, bytes);
    scores[3] = jaccardDistance(query, queryOffset, rows, rowOffset3, bytes);
  }
}
