package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import java.util.Arrays;

/**
 * Finds out whether a vector came before: a hash table of rows with open addressing. An entry holds
 * half of the vector's hash and the row plus one, so that vectors are hardly ever compared that
 * differ.
 */
final class EqualVectors {
  private final VectorPreparation preparation;
  private final long[] entries;
  private final float[] other;

  /** Makes room for the vectors of all rows. */
  EqualVectors(DenseVectorColumn vectors, VectorPreparation preparation) {
    this.preparation = requireNonNull(preparation, "preparation is null");
    int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, vectors.rowCount() - 1)) << 2);
    this.entries = new long[capacity];
    this.other = new float[preparation.length()];
  }

  /** The row that was first added with an equal vector; adds the given row if there is none. */
  int findOrAdd(float[] vector, int row) {
    long hash = hash(vector);
    long upper = hash & 0xffffffff00000000L;
    int mask = entries.length - 1;
    int slot = (int) hash & mask;
    while (entries[slot] != 0) {
      if ((entries[slot] & 0xffffffff00000000L) == upper) {
        int first = (int) entries[slot] - 1;
        preparation.prepare(first, other);
        if (Arrays.equals(vector, other)) {
          return first;
        }
      }
      slot = (slot + 1) & mask;
    }
    entries[slot] = upper | (row + 1);
    return row;
  }

  private static long hash(float[] vector) {
    long hash = 0;
    for (float value : vector) {
      hash = (hash ^ Float.floatToRawIntBits(value)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash * 0xBF58476D1CE4E5B9L;
  }
}
