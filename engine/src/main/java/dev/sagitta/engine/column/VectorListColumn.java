package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Values of an ArrayOfVector field: a row has any number of vectors of {@code dimension()}
 * little-endian numbers, one after another in one block of memory. A list may be empty.
 */
public non-sealed interface VectorListColumn extends VectorColumn {
  /** Type of the vectors in the lists. */
  DataType elementType();

  /** Number of vectors of the row's list. */
  int lengthAt(int row);

  /** Bytes of one vector. */
  int vectorBytes();

  /** The block of memory that holds the row's list. */
  MemorySegment blockOf(int row);

  /** Byte offset of the list's first byte inside {@link #blockOf(int)}. */
  long offsetInBlock(int row);

  /**
   * Copies {@code count} vectors of the row's list, from the vector {@code first} on, as floats.
   *
   * @throws IndexOutOfBoundsException if the list has no such vectors
   */
  void copyVectors(int row, int first, int count, float[] target, int offset);
}
