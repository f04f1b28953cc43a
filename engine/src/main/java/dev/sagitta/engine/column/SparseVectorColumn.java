package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/**
 * Values of a SparseFloatVector field. A row's entries lie one after another, {@link #ENTRY_BYTES}
 * each: the index as little-endian unsigned int32, the value as little-endian float32, sorted by
 * index (compared unsigned), no index twice. It is the form in which Milvus's clients send them.
 */
public non-sealed interface SparseVectorColumn extends VectorColumn {
  /** Bytes of an entry: four of its index and four of its value. */
  int ENTRY_BYTES = 8;

  /** Number of entries of the row. */
  int entryCount(int row);

  /** The memory that holds the row's entries. */
  MemorySegment memoryOf(int row);

  /** Byte offset of the row's first entry inside {@link #memoryOf(int)}. */
  long offsetOf(int row);

  /** Copies the row's entries to both targets, from position 0 on. */
  void copyEntries(int row, int[] indices, float[] values);

  @Override
  default int dimension() {
    return 0;
  }
}
