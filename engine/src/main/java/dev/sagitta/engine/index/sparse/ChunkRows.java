package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;

/** The ascending row numbers of a sparse chunk: 16 bits each, counted from the window's start. */
final class ChunkRows {
  private ChunkRows() {}

  /**
   * @param rows address of the chunk's row numbers
   */
  static int rowAt(long rows, int entry) {
    return ALL.get(LittleEndian.SHORT, rows + 2L * entry) & 0xffff;
  }

  /**
   * Gallops to the first entry whose row is at least the given one.
   *
   * @param rows address of the chunk's row numbers
   * @param entries number of the chunk's entries
   * @param from first entry to look at
   * @return the entry's position, {@code entries} if there is none
   */
  static int seek(long rows, int entries, int from, int row) {
    int low = from;
    int stride = 1;
    while (low + stride < entries && rowAt(rows, low + stride) < row) {
      low += stride;
      stride *= 2;
    }
    int high = Math.min(entries, low + stride);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rowAt(rows, middle) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
