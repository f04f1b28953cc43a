package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query of {@code bytes} packed bits, from {@code query[queryOffset]} on, with rows of
 * as many bytes that start at byte offsets of {@code rows} (of any alignment). Implementations hold
 * no state and allocate nothing, so one instance serves all threads.
 */
public interface BinaryVectorKernel {
  /** What to call the implementation in logs and benchmark output. */
  String name();

  /** Number of bits that differ. */
  int hammingDistance(byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes);

  /** Hamming distances of four rows, written to {@code scores[0..3]}. */
  void hammingDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores);

  /**
   * One minus the bits set in both over the bits set in either. Two vectors without any bit have
   * distance 1, as in Milvus.
   */
  float jaccardDistance(
      byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes);

  /** Jaccard distances of four rows, written to {@code scores[0..3]}. */
  void jaccardDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores);
}
