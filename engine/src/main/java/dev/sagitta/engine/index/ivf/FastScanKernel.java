package dev.sagitta.engine.index.ivf;

import java.lang.foreign.MemorySegment;

/**
 * Sums table entries of 32 rows at a time, with the tables in registers (Andre, Kermarrec, Le
 * Scouarnec, "Cache locality is not enough: high-performance nearest neighbor search with product
 * quantization fast scan", 2015). Implementations hold no state and allocate nothing.
 */
interface FastScanKernel {
  /** Scratch memory that a kernel needs, in shorts. */
  int SCRATCH = 64;

  /**
   * Sums the entries that the codes of a block name.
   *
   * @param codes a block as {@link ScannCodebooks} describes it, from {@code offset} on
   * @param pairs pairs of parts, an even number
   * @param tables 32 bytes a pair, 16 unsigned entries a part; all sums must fit 16 bits
   * @param scratch {@link #SCRATCH} shorts
   * @param sums receives the sums of the 32 rows
   */
  void sums(
      MemorySegment codes, long offset, int pairs, byte[] tables, short[] scratch, int[] sums);
}
