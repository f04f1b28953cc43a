package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/** Values of one width, one after another in one memory. */
final class FixedWidthLocator extends ValueLocator {
  private final MemorySegment memory;
  private final int width;
  private final int rowCount;

  FixedWidthLocator(MemorySegment memory, int width, int rowCount) {
    this.memory = memory;
    this.width = width;
    this.rowCount = rowCount;
  }

  MemorySegment memory() {
    return memory;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return memory;
  }

  @Override
  public long offsetOf(int row) {
    return (long) row * width;
  }

  @Override
  public int lengthOf(int row) {
    return width;
  }

  @Override
  public int contiguousRows(int row) {
    return rowCount - row;
  }

  @Override
  public boolean isFlat() {
    return true;
  }
}
