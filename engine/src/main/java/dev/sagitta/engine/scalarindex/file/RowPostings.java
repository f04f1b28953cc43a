package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.bitmap.RowBitmap;

/** The rows of each key, by the key's position in the order of keys. */
public sealed interface RowPostings permits RowLists, RowContainers {
  /** Number of pairs of the keys {@code from} to {@code to - 1} with rows. */
  long pairCount(int from, int to);

  /** Rough nanoseconds of {@link #addTo}. */
  double cost(int from, int to);

  /** Adds the rows of the keys {@code from} to {@code to - 1}. */
  void addTo(int from, int to, RowBitmap rows);
}
