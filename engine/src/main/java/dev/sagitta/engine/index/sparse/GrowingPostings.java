package dev.sagitta.engine.index.sparse;

import java.util.Arrays;

/**
 * The entries of one index in a growing segment, in the order of their rows. One thread appends
 * while others read: what {@link #count()} has said is there stays there and is visible.
 */
final class GrowingPostings {
  private static final int CAPACITY_MIN = 2;

  private final int index;

  /** The row in the upper half, the value's bits in the lower. */
  private volatile long[] entries = new long[CAPACITY_MIN];

  private volatile int count;

  GrowingPostings(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  void append(int row, float value) {
    int position = count;
    long[] target = entries;
    if (position == target.length) {
      target = Arrays.copyOf(target, 2 * target.length);
      entries = target;
    }
    target[position] = (long) row << Integer.SIZE | Float.floatToRawIntBits(value) & 0xffffffffL;
    count = position + 1;
  }

  int count() {
    return count;
  }

  /** At least as many entries as {@link #count()} said before; never changed up to there. */
  long[] entries() {
    return entries;
  }

  static int rowOf(long entry) {
    return (int) (entry >> Integer.SIZE);
  }

  static float valueOf(long entry) {
    return Float.intBitsToFloat((int) entry);
  }

  /** The first position from {@code from} on whose row is at least the given one. */
  static int positionOf(long[] entries, int from, int count, int row) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rowOf(entries[middle]) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
