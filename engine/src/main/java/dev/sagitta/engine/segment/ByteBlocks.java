package dev.sagitta.engine.segment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Memory for values of different lengths in blocks that never move. A value's address is the number
 * of its block in the upper and its offset in the lower 32 bits. One writer; readers take {@link
 * #snapshot()}.
 */
final class ByteBlocks {
  private static final int FIRST_BLOCK_BYTES = 1 << 13;
  private static final int MAX_BLOCK_BYTES = 1 << 20;

  private final Arena arena;
  private volatile MemorySegment[] blocks = new MemorySegment[4];
  private int blockCount;
  private long used;
  private long memoryBytes;

  ByteBlocks(Arena arena) {
    this.arena = arena;
  }

  /** Copies a value to the end and answers its address. */
  long append(MemorySegment source, long offset, int length) {
    if (blockCount == 0 || used + length > blocks[blockCount - 1].byteSize()) {
      addBlock(length);
    }
    int block = blockCount - 1;
    MemorySegment.copy(source, offset, blocks[block], used, length);
    long address = (long) block << 32 | used;
    used += length;
    return address;
  }

  private void addBlock(int length) {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    long size = Math.min((long) FIRST_BLOCK_BYTES << Math.min(blockCount, 20), MAX_BLOCK_BYTES);
    MemorySegment[] current = blocks;
    current[blockCount] = arena.allocate(Math.max(size, length));
    memoryBytes += current[blockCount].byteSize();
    blockCount++;
    used = 0;
    blocks = current;
  }

  MemorySegment[] snapshot() {
    return blocks;
  }

  long memoryBytes() {
    return memoryBytes;
  }
}
