package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/**
 * Vectors of one width in bytes, rows one after another inside a block, blocks anywhere in memory.
 * Scans walk block by block; graph search asks for single rows.
 */
public sealed interface PackedVectorColumn extends VectorColumn
    permits DenseVectorColumn, BinaryVectorColumn {
  /** Bytes of one row. */
  int vectorBytes();

  /** The block of memory that holds the row. */
  MemorySegment blockOf(int row);

  /** Byte offset of the row's first byte inside {@link #blockOf(int)}. */
  long offsetInBlock(int row);

  /** How many rows, the given one included, follow each other in its block. */
  int contiguousRows(int row);
}
