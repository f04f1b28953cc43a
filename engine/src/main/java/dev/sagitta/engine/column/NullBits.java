package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Nulls as set bits, bit {@code row & 7} of byte {@code row >>> 3}. */
record NullBits(MemorySegment bits) implements Validity {
  @Override
  public boolean isNull(int row) {
    return (bits.get(LittleEndian.BYTE, row >>> 3) & (1 << (row & 7))) != 0;
  }

  @Override
  public long nullBits(int firstRow, int count) {
    int position = firstRow >>> 3;
    int shift = firstRow & 7;
    long available = bits.byteSize() - position;
    long found = available >= Long.BYTES ? bits.get(LittleEndian.LONG, position) : tail(position);
    found >>>= shift;
    if (shift > 0 && available > Long.BYTES) {
      found |= (long) bits.get(LittleEndian.BYTE, position + Long.BYTES) << (Long.SIZE - shift);
    }
    return found & (-1L >>> (Long.SIZE - count));
  }

  private long tail(long position) {
    long found = 0;
    for (long i = position; i < bits.byteSize(); i++) {
      found |= (bits.get(LittleEndian.BYTE, i) & 0xFFL) << (8 * (i - position));
    }
    return found;
  }
}
