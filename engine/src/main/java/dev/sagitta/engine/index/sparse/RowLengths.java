package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Lengths of documents, in place.
 *
 * @param memory one float32 a row, or empty if the metric needs no lengths
 */
record RowLengths(MemorySegment memory) {
  /** The length of the row's document, 0 if it is not needed. */
  float of(int row) {
    return memory.byteSize() == 0 ? 0 : memory.get(LittleEndian.FLOAT, (long) row * Float.BYTES);
  }
}
