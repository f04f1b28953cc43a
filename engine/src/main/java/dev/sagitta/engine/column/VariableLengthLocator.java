package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Values of different lengths in one memory; row r lies from offset r to offset r + 1. */
final class VariableLengthLocator extends ValueLocator {
  private final MemorySegment offsets;
  private final MemorySegment memory;

  VariableLengthLocator(MemorySegment offsets, MemorySegment memory) {
    this.offsets = offsets;
    this.memory = memory;
  }

  MemorySegment memory() {
    return memory;
  }

  MemorySegment offsets() {
    return offsets;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return memory;
  }

  @Override
  public long offsetOf(int row) {
    return offsets.get(LittleEndian.INT, (long) row * Integer.BYTES);
  }

  @Override
  public int lengthOf(int row) {
    long position = (long) row * Integer.BYTES;
    return offsets.get(LittleEndian.INT, position + Integer.BYTES)
        - offsets.get(LittleEndian.INT, position);
  }

  @Override
  public int contiguousRows(int row) {
    return 1;
  }
}
