package dev.sagitta.engine.scalarindex.file;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * What the rows of an index are written from.
 *
 * @param starts int64 for each key, number of pairs before it, and the number of all pairs
 * @param rows int32 rows of all keys, in the order of keys, ascending for each
 * @param rowCount rows of the segment
 */
public record KeyedRows(MemorySegment starts, MemorySegment rows, int keyCount, int rowCount) {
  public KeyedRows {
    requireNonNull(starts, "starts is null");
    requireNonNull(rows, "rows is null");
  }

  long start(int key) {
    return starts.get(LittleEndian.LONG, (long) key * Long.BYTES);
  }

  long count(int key) {
    return start(key + 1) - start(key);
  }

  /** The rows of the keys {@code from} to {@code to - 1}. */
  MemorySegment rows(int from, int to) {
    long first = start(from) * Integer.BYTES;
    return rows.asSlice(first, start(to) * Integer.BYTES - first);
  }
}
