package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * One query's pass over sparse rows: inner products, by a hash table of the query's entries that
 * each entry of a row is looked up in. As in Milvus only rows with a positive product are found:
 * the others have nothing in common with the query.
 */
final class SparseScan {
  /** Slots of the table per entry, so that most look-ups end at the first slot. */
  private static final int SLOTS_PER_ENTRY = 4;

  private final SparseVectorColumn vectors;
  private final ScoreRange range;
  private final TopRows results;
  private final int[] slotIndices;
  private final float[] slotValues;
  private final int mask;

  SparseScan(
      SparseVectorColumn vectors, QueryVector.Sparse query, ScoreRange range, TopRows results) {
    this.vectors = vectors;
    this.range = range;
    this.results = results;
    int[] indices = query.indices();
    int slots = Integer.highestOneBit(Math.max(1, indices.length) * SLOTS_PER_ENTRY) << 1;
    this.slotIndices = new int[slots];
    this.slotValues = new float[slots];
    this.mask = slots - 1;
    for (int i = 0; i < indices.length; i++) {
      if (query.values()[i] != 0) {
        put(indices[i], query.values()[i]);
      }
    }
  }

  /**
   * Compares the rows {@code fromRow} to {@code toRow - 1}.
   *
   * @param allowed rows that count, or null for all
   */
  void scan(int fromRow, int toRow, RowBitmap allowed) {
    int row = allowed == null ? fromRow : allowed.nextRow(fromRow);
    while (row >= 0 && row < toRow) {
      if (!vectors.isNull(row)) {
        float score = product(row);
        if (score > 0 && results.wouldKeep(score) && range.accepts(score)) {
          results.offer(row, score);
        }
      }
      row = allowed == null ? row + 1 : allowed.nextRow(row + 1);
    }
  }

  private float product(int row) {
    MemorySegment memory = vectors.memoryOf(row);
    long position = vectors.offsetOf(row);
    long end = position + (long) vectors.entryCount(row) * SparseVectorColumn.ENTRY_BYTES;
    float sum = 0;
    for (; position < end; position += SparseVectorColumn.ENTRY_BYTES) {
      float queryValue = get(memory.get(LittleEndian.INT, position));
      if (queryValue != 0) {
        sum += queryValue * memory.get(LittleEndian.FLOAT, position + Integer.BYTES);
      }
    }
    return sum;
  }

  /** A slot is free while its value is 0. */
  private void put(int index, float value) {
    int slot = firstSlot(index);
    while (slotValues[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slotIndices[slot] = index;
    slotValues[slot] = value;
  }

  private float get(int index) {
    int slot = firstSlot(index);
    while (slotValues[slot] != 0) {
      if (slotIndices[slot] == index) {
        return slotValues[slot];
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  private int firstSlot(int index) {
    return (index * 0x9e3779b9 >>> 7) & mask;
  }
}
