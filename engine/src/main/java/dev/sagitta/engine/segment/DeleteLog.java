package dev.sagitta.engine.segment;

import dev.sagitta.engine.bitmap.RowBitmap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which rows of a segment are hidden, and since which timestamp. One writer appends; a reader takes
 * {@link #size()} and later gets the rows that were visible then. The bitmap of the newest state is
 * made once for all readers, and only when one asks: many deletes between two reads cost one copy.
 */
final class DeleteLog {
  /** A bitmap that was made for one number of rows and of log entries. */
  private record Visible(int rowCount, int size, RowBitmap rows) {}

  /** The entries; replaced when full. */
  private record Entries(int[] rows, long[] timestamps) {}

  private final BitSet hidden = new BitSet();
  private volatile Entries entries = new Entries(new int[16], new long[16]);
  private volatile int size;
  private volatile Visible newest = new Visible(0, 0, new RowBitmap(0));

  /**
   * Hides a row; later deletes of a row that is hidden already are not kept.
   *
   * @return whether the row was not hidden before
   */
  boolean hide(int row, long timestamp) {
    if (hidden.get(row)) {
      return false;
    }
    hidden.set(row);
    Entries current = entries;
    int position = size;
    if (position == current.rows.length) {
      int capacity = Math.multiplyExact(position, 2);
      current =
          new Entries(
              Arrays.copyOf(current.rows, capacity), Arrays.copyOf(current.timestamps, capacity));
      entries = current;
    }
    current.rows[position] = row;
    current.timestamps[position] = timestamp;
    size = position + 1;
    return true;
  }

  /** Whether the row is hidden; for the writer only. */
  boolean isHidden(int row) {
    return hidden.get(row);
  }

  /** Number of hidden rows. */
  int size() {
    return size;
  }

  /**
   * The rows not hidden by the first {@code atSize} entries; empty means all.
   *
   * @param rowCount above all rows of these entries
   */
  Optional<RowBitmap> visibleRows(int rowCount, int atSize) {
    if (atSize == 0) {
      return Optional.empty();
    }
    Visible known = newest;
    if (known.rowCount == rowCount && known.size == atSize) {
      return Optional.of(known.rows);
    }
    boolean extendsKnown = known.rowCount <= rowCount && known.size <= atSize;
    RowBitmap rows = extendsKnown ? extended(known.rows, rowCount) : RowBitmap.full(rowCount);
    Entries current = entries;
    for (int i = extendsKnown ? known.size : 0; i < atSize; i++) {
      rows.remove(current.rows[i]);
    }
    if (extendsKnown) {
      newest = new Visible(rowCount, atSize, rows);
    }
    return Optional.of(rows);
  }

  /** The rows not hidden by those of the first entries that are not after the timestamp. */
  RowBitmap visibleRows(int rowCount, int atSize, long timestamp) {
    RowBitmap rows = RowBitmap.full(rowCount);
    Entries current = entries;
    for (int i = 0; i < atSize; i++) {
      if (current.timestamps[i] <= timestamp) {
        rows.remove(current.rows[i]);
      }
    }
    return rows;
  }

  /** The known rows and all rows behind them. */
  private static RowBitmap extended(RowBitmap known, int rowCount) {
    if (known.rowCount() == rowCount) {
      return known.copy();
    }
    RowBitmap rows = RowBitmap.full(rowCount);
    int fullWords = known.rowCount() >>> 6;
    System.arraycopy(known.words(), 0, rows.words(), 0, fullWords);
    if ((known.rowCount() & 63) != 0) {
      rows.words()[fullWords] &= known.words()[fullWords] | -1L << known.rowCount();
    }
    return rows;
  }

  long memoryBytes() {
    Visible known = newest;
    return entries.rows.length * 12L + hidden.size() / 8 + known.rows.words().length * 8L;
  }
}
