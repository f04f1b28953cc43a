package dev.sagitta.engine.bitmap;

import java.util.Arrays;

/**
 * A set of the rows 0 to {@code rowCount - 1} of one segment, as plain 64-bit words. Dense words
 * (not a compressed bitmap) because a filter is tested once per visited graph node: a load and a
 * shift. Not safe for concurrent change; safe to share once filled.
 */
public final class RowBitmap {
  private final int rowCount;
  private final long[] words;

  /** An empty set over {@code rowCount} rows. */
  public RowBitmap(int rowCount) {
    if (rowCount < 0) {
      throw new IllegalArgumentException("rowCount is negative: rowCount=" + rowCount);
    }
    this.rowCount = rowCount;
    this.words = new long[(rowCount + 63) >>> 6];
  }

  private RowBitmap(int rowCount, long[] words) {
    this.rowCount = rowCount;
    this.words = words;
  }

  /** The set of all rows. */
  public static RowBitmap full(int rowCount) {
    RowBitmap bitmap = new RowBitmap(rowCount);
    Arrays.fill(bitmap.words, -1L);
    bitmap.clearTail();
    return bitmap;
  }

  public RowBitmap copy() {
    return new RowBitmap(rowCount, words.clone());
  }

  public int rowCount() {
    return rowCount;
  }

  /** The words themselves, bit {@code row & 63} of word {@code row >>> 6}; for tight loops. */
  public long[] words() {
    return words;
  }

  /** 1 if the row is in the set, else 0. */
  public int bit(int row) {
    return (int) (words[row >>> 6] >>> row) & 1;
  }

  public boolean contains(int row) {
    return (words[row >>> 6] & (1L << row)) != 0;
  }

  public void add(int row) {
    words[row >>> 6] |= 1L << row;
  }

  /** Adds the rows {@code from} to {@code to - 1}. */
  public void addRange(int from, int to) {
    if (from >= to) {
      return;
    }
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    long firstBits = -1L << from;
    long lastBits = -1L >>> -to;
    if (first == last) {
      words[first] |= firstBits & lastBits;
      return;
    }
    words[first] |= firstBits;
    Arrays.fill(words, first + 1, last, -1L);
    words[last] |= lastBits;
  }

  public void remove(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  public void and(RowBitmap other) {
    requireSameRows(other);
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
  }

  public void or(RowBitmap other) {
    requireSameRows(other);
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  public void andNot(RowBitmap other) {
    requireSameRows(other);
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~other.words[i];
    }
  }

  /** Replaces the set by its complement. */
  public void flip() {
    for (int i = 0; i < words.length; i++) {
      words[i] = ~words[i];
    }
    clearTail();
  }

  public int cardinality() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first row of the set at or after {@code fromRow}, or -1. */
  public int nextRow(int fromRow) {
    if (fromRow >= rowCount) {
      return -1;
    }
    int index = fromRow >>> 6;
    long word = words[index] & (-1L << fromRow);
    while (word == 0) {
      index++;
      if (index == words.length) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(word);
  }

  private void clearTail() {
    if ((rowCount & 63) != 0) {
      words[words.length - 1] &= (1L << rowCount) - 1;
    }
  }

  private void requireSameRows(RowBitmap other) {
    if (other.rowCount != rowCount) {
      throw new IllegalArgumentException(
          "bitmaps of different segments: rowCount=" + rowCount + " other=" + other.rowCount);
    }
  }
}
