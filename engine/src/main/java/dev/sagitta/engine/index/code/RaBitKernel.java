package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/**
 * Sums over the set bits of codes of whole 64-bit words, bit {@code i} of a code being bit {@code i
 * % 64} of its little-endian word {@code i / 64}. Implementations hold no state and allocate
 * nothing.
 */
interface RaBitKernel {
  /** Sum of the query's numbers at the places of the set bits. */
  float sumOfSet(float[] query, MemorySegment codes, long offset, int words);

  /** Number of set bits. */
  int bitCount(MemorySegment codes, long offset, int words);

  /**
   * Sum of a query of whole numbers at the places of the set bits.
   *
   * @param planes the query's bits: {@code words} words of the lowest bit of each number, then of
   *     the next one, {@code planeCount} times
   */
  long weightedBitCount(long[] planes, int planeCount, MemorySegment codes, long offset, int words);
}
