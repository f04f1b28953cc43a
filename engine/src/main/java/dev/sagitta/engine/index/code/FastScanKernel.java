package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/**
 * Sums up table entries for 32 codes at a time, laid out as {@link FastScanCode#place} does.
 * Implementations hold no state and allocate nothing.
 */
interface FastScanKernel {
  /**
   * Sums up a block.
   *
   * @param lines 64-byte lines of the block
   * @param tables 64 unsigned bytes a line: 16 for each of its four parts
   * @param limit the greatest sum wanted, 0 to 65,535
   * @param sums gets the sum of each of 32 slots, as an unsigned short
   * @return a bit for each slot whose sum is at most the limit
   */
  int sums(MemorySegment codes, long offset, int lines, byte[] tables, int limit, short[] sums);
}
