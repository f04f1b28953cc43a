package dev.sagitta.engine.segment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Memory for rows of one width in blocks that never move, so that readers of published rows are not
 * disturbed by appends. One writer; readers take {@link #snapshot()} after they learnt the number
 * of published rows.
 */
final class RowBlocks {
  private static final int ALIGNMENT = 64;
  private static final int MAX_ROWS_PER_BLOCK = 1024;
  private static final int TARGET_BLOCK_BYTES = 1 << 18;

  private final Arena arena;
  private final int width;
  private final int shift;
  private volatile MemorySegment[] blocks = new MemorySegment[4];
  private int blockCount;

  RowBlocks(Arena arena, int width) {
    this.arena = arena;
    this.width = width;
    int rows = Math.clamp(TARGET_BLOCK_BYTES / width, 1, MAX_ROWS_PER_BLOCK);
    this.shift = 31 - Integer.numberOfLeadingZeros(rows);
  }

  int width() {
    return width;
  }

  int shift() {
    return shift;
  }

  /** Rows that lie in one block from this row on. */
  int contiguousRows(int row) {
    int rowsPerBlock = 1 << shift;
    return rowsPerBlock - (row & (rowsPerBlock - 1));
  }

  /** Makes room for rows up to {@code rowCount}; new memory is zero. */
  void ensureCapacity(int rowCount) {
    int needed = (int) (((long) rowCount + (1L << shift) - 1) >>> shift);
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(needed, blocks.length * 2));
    }
    MemorySegment[] current = blocks;
    while (blockCount < needed) {
      current[blockCount++] = arena.allocate((long) width << shift, ALIGNMENT);
    }
    blocks = current;
  }

  /** All blocks so far, and perhaps empty places behind them. */
  MemorySegment[] snapshot() {
    return blocks;
  }

  MemorySegment blockOf(int row) {
    return blocks[row >>> shift];
  }

  long offsetOf(int row) {
    return (long) (row & ((1 << shift) - 1)) * width;
  }

  long memoryBytes() {
    return (long) blockCount * ((long) width << shift);
  }
}
