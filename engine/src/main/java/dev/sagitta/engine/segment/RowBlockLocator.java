package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.ValueLocator;
import java.lang.foreign.MemorySegment;

/** Values of one width in the blocks of a growing segment. */
final class RowBlockLocator extends ValueLocator {
  private final RowBlocks rows;
  private final MemorySegment[] blocks;
  private final int shift;
  private final int mask;
  private final int width;

  RowBlockLocator(RowBlocks rows) {
    this.rows = rows;
    this.blocks = rows.snapshot();
    this.shift = rows.shift();
    this.mask = (1 << shift) - 1;
    this.width = rows.width();
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return blocks[row >>> shift];
  }

  @Override
  public long offsetOf(int row) {
    return (long) (row & mask) * width;
  }

  @Override
  public int lengthOf(int row) {
    return width;
  }

  @Override
  public int contiguousRows(int row) {
    return rows.contiguousRows(row);
  }
}
