package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with rows that lie one after another: the same results as {@link VectorKernel},
 * at the speed of the memory. Reading neighbouring rows side by side, which makes graph search
 * fast, is slower here: it breaks the one stream of addresses that the processor's prefetcher
 * follows.
 *
 * <p>Each method writes the results of {@code count} rows, the first at byte {@code firstOffset} of
 * {@code rows}, to {@code scores[0]} to {@code scores[count - 1]}. Implementations hold no state
 * and allocate nothing.
 */
public interface ScanKernel {
  /** What to call the implementation in logs and benchmark output. */
  String name();

  /** Squared Euclidean distances. */
  void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores);

  /** Inner products. */
  void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores);

  /** Inner products divided by the row's norm, see {@link VectorKernel#normalizedInnerProduct}. */
  void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores);
}
