package dev.sagitta.engine.index.ivf;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * How a family stores the rows of lists, as learned from the vectors of one index. Safe for
 * concurrent use.
 */
interface RowEncoding {
  /** Bytes of one row. */
  int rowBytes();

  /** Whether a number is stored beside each row. */
  boolean hasConstants();

  /** What was learned, as the file keeps it; empty if nothing was. */
  Optional<MemorySegment> model();

  /** A writer with scratch memory of its own, for one thread. */
  RowEncoder newEncoder();

  /** Writes rows in the form of the family. */
  interface RowEncoder {
    /**
     * Writes the rows {@code rows[from]} to {@code rows[to - 1]}, which follow each other in one
     * list. A negative number is a place without a row, to be filled with anything.
     *
     * @param target receives {@link #rowBytes()} bytes a row from {@code offset} on
     * @param constants receives a number a row from {@code constantOffset} on, if there are any
     */
    void encode(
        int list,
        int[] rows,
        int from,
        int to,
        MemorySegment target,
        long offset,
        float[] constants,
        int constantOffset);
  }
}
