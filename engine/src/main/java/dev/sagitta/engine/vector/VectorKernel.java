package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query of {@code dimension} floats, from {@code query[queryOffset]} on, with rows of
 * {@code dimension} finite little-endian numbers, of the type that the kernel is for, that start at
 * byte offsets of {@code rows} (of any alignment). Implementations hold no state and allocate
 * nothing, so one instance serves all threads.
 *
 * <p>The forms for four rows write their results to {@code scores[0..3]}. They keep four streams of
 * loads in flight and read the query once, which is what makes them faster than four single calls.
 */
public interface VectorKernel {
  /** What to call the implementation in logs and benchmark output. */
  String name();

  /** Squared Euclidean distance. */
  float squaredDistance(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension);

  /** Squared Euclidean distances of four rows. */
  void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores);

  /** Inner product. */
  float innerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension);

  /** Inner products of four rows. */
  void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores);

  /**
   * Inner product divided by the Euclidean norm of the row: the cosine, if the query has unit
   * length. A row of zeros has cosine 0 with everything.
   */
  float normalizedInnerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension);

  /** Normalized inner products of four rows. */
  void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores);

  /**
   * Squared Euclidean distances of the eight rows at {@code rowOffsets[from..from + 7]}, written to
   * {@code scores[from..from + 7]}. Faster than twice four rows where the rows come from memory:
   * the processor waits for twice as many loads at a time.
   */
  default void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] scores) {
    for (int i = from; i < from + 8; i++) {
      scores[i] = squaredDistance(query, queryOffset, rows, rowOffsets[i], dimension);
    }
  }

  /** Inner products of eight rows, otherwise like the squared distances of eight rows. */
  default void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] scores) {
    for (int i = from; i < from + 8; i++) {
      scores[i] = innerProduct(query, queryOffset, rows, rowOffsets[i], dimension);
    }
  }
}
