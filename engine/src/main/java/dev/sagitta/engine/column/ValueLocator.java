package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where each row's bytes lie. Separates the kinds of values (the column classes) from the kinds of
 * memory: one run of bytes, blocks of a growing segment, chunks of a sealed one.
 */
public abstract class ValueLocator {
  /** The memory that holds the row's value. */
  public abstract MemorySegment memoryOf(int row);

  /** Byte offset of the row's value inside {@link #memoryOf}. */
  public abstract long offsetOf(int row);

  /** Length of the row's value in bytes. */
  public abstract int lengthOf(int row);

  /** Copies the row's bytes to {@code target} from {@code offset} on. */
  final void copyValue(int row, byte[] target, int offset) {
    MemorySegment.copy(
        memoryOf(row), ValueLayout.JAVA_BYTE, offsetOf(row), target, offset, lengthOf(row));
  }

  /** How many rows, the given one included, follow each other without a gap in their memory. */
  public abstract int contiguousRows(int row);

  /** Whether row r lies at {@code r * lengthOf(r)} of one and the same memory for all rows. */
  public boolean isFlat() {
    return false;
  }
}
