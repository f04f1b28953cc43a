package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.ValueLocator;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Values of different lengths of a growing segment, found through an address and length a row. */
final class ByteBlockLocator extends ValueLocator {
  /** An int64 address and an int32 length. */
  static final int ENTRY_BYTES = 12;

  private final RowBlockLocator entries;
  private final MemorySegment[] blocks;

  ByteBlockLocator(RowBlocks entries, ByteBlocks bytes) {
    this.entries = new RowBlockLocator(entries);
    this.blocks = bytes.snapshot();
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return blocks[(int) (addressOf(row) >>> 32)];
  }

  @Override
  public long offsetOf(int row) {
    return addressOf(row) & 0xffff_ffffL;
  }

  @Override
  public int lengthOf(int row) {
    return entries.memoryOf(row).get(LittleEndian.INT, entries.offsetOf(row) + Long.BYTES);
  }

  @Override
  public int contiguousRows(int row) {
    return 1;
  }

  private long addressOf(int row) {
    return entries.memoryOf(row).get(LittleEndian.LONG, entries.offsetOf(row));
  }
}
