package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Nulls as set bits, bit {@code row & 7} of byte {@code row >>> 3}. */
record NullBits(MemorySegment bits) implements Validity {
  @Override
  public boolean isNull(int row) {
    return (bits.get(LittleEndian.BYTE, row >>> 3) & (1 << (row & 7))) != 0;
  }
}
