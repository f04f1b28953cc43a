package dev.sagitta.engine.segment;

import java.util.Arrays;

/** A growing list of row numbers. */
final class RowList {
  private int[] rows = new int[16];
  private int size;

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, Math.multiplyExact(size, 2));
    }
    rows[size++] = row;
  }

  /** The rows in ascending order, each once. */
  int[] toSortedArray() {
    Arrays.sort(rows, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || rows[kept - 1] != rows[i]) {
        rows[kept++] = rows[i];
      }
    }
    return Arrays.copyOf(rows, kept);
  }
}
