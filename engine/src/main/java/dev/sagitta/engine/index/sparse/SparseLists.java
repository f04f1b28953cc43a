package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.SparseIndexFile.CHUNK_ENTRY_BYTES;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.RECORD_BYTES;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The inverted lists of an index and the dictionary that finds them, in place. Nothing that is read
 * here is believed before it is checked: a damaged list is as good as none.
 */
final class SparseLists {
  /** Knuth's multiplicative hashing; odd, so that no two indices have the same key. */
  private static final int MULTIPLIER = 0x9e3779b9;

  private final int rowCount;
  private final int bucketBits;
  private final MemorySegment directory;
  private final MemorySegment records;
  private final MemorySegment chunks;
  private final int listCount;

  SparseLists(
      int rowCount,
      int bucketBits,
      MemorySegment directory,
      MemorySegment records,
      MemorySegment chunks) {
    this.rowCount = rowCount;
    this.bucketBits = bucketBits;
    this.directory = directory;
    this.records = records;
    this.chunks = chunks;
    this.listCount = Math.toIntExact(records.byteSize() / RECORD_BYTES);
  }

  /** The key by which an index is looked up. */
  static int keyOf(int index) {
    return index * MULTIPLIER;
  }

  static int bucketOf(int key, int bucketBits) {
    return key >>> (Integer.SIZE - bucketBits);
  }

  /**
   * Number of the index's first list, or -1. If the next list has the same key it is that of the
   * index's negative values.
   */
  int find(int index) {
    int key = keyOf(index);
    long bucket = (long) bucketOf(key, bucketBits) * Integer.BYTES;
    int list = directory.get(LittleEndian.INT, bucket);
    int end = directory.get(LittleEndian.INT, bucket + Integer.BYTES);
    if (list < 0 || end > listCount) {
      return -1;
    }
    for (; list < end; list++) {
      if (records.get(LittleEndian.INT, (long) list * RECORD_BYTES) == key) {
        return list;
      }
    }
    return -1;
  }

  /** Whether there is such a list and it belongs to the index. */
  boolean isOf(int list, int index) {
    return list < listCount
        && records.get(LittleEndian.INT, (long) list * RECORD_BYTES) == keyOf(index);
  }

  int entryCount(int list) {
    return Math.max(0, records.get(LittleEndian.INT, (long) list * RECORD_BYTES + 4));
  }

  float step(int list) {
    return records.get(LittleEndian.FLOAT, (long) list * RECORD_BYTES + 16);
  }

  float largestImpact(int list) {
    return records.get(LittleEndian.FLOAT, (long) list * RECORD_BYTES + 20);
  }

  boolean isNegative(int list) {
    return records.get(LittleEndian.INT, (long) list * RECORD_BYTES + 28) != 0;
  }

  /** Number of the list's chunks, 0 if the list cannot be read. */
  int chunkCount(int list) {
    long record = (long) list * RECORD_BYTES;
    long offset = records.get(LittleEndian.LONG, record + 8);
    int count = records.get(LittleEndian.INT, record + 24);
    float step = step(list);
    float largest = largestImpact(list);
    boolean readable =
        offset >= 0
            && (offset & 7) == 0
            && count > 0
            && count <= (chunks.byteSize() - offset) / CHUNK_ENTRY_BYTES
            && step > 0
            && step < Float.POSITIVE_INFINITY
            && largest > 0
            && largest < Float.POSITIVE_INFINITY;
    return readable ? count : 0;
  }

  /** Address of the entries of the list's chunks, if it has any. */
  long chunkEntries(int list) {
    return chunks.address() + records.get(LittleEndian.LONG, (long) list * RECORD_BYTES + 8);
  }

  /** Whether so many bytes from the address on lie in the block of chunks. */
  boolean contains(long address, long bytes) {
    long offset = address - chunks.address();
    return offset >= 0 && bytes <= chunks.byteSize() - offset;
  }

  int rowCount() {
    return rowCount;
  }

  int windowCount() {
    return (int)
        (((long) rowCount + SparseIndexFile.WINDOW_ROWS - 1) >>> SparseIndexFile.WINDOW_BITS);
  }
}
