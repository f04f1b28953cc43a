package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/**
 * Values of a FloatVector field: {@code dimension()} little-endian floats a row, rows one after
 * another inside a block, blocks anywhere in memory. Scans walk block by block; graph search asks
 * for single rows.
 */
public interface FloatVectorColumn extends Column {
  int dimension();

  /** The block of memory that holds the row. */
  MemorySegment blockOf(int row);

  /** Byte offset of the row's first float inside {@link #blockOf(int)}. */
  long offsetInBlock(int row);

  /** How many rows, the given one included, follow each other in its block. */
  int contiguousRows(int row);

  /** Copies the row's floats to {@code target} from {@code offset} on. */
  void copyVector(int row, float[] target, int offset);
}
