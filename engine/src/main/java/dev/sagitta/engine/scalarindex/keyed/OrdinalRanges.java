package dev.sagitta.engine.scalarindex.keyed;

import java.util.Arrays;

/** Ranges of keys by their position, ascending and apart from each other. */
final class OrdinalRanges {
  /** First position and the one behind the last, in turn. */
  private int[] bounds = new int[4];

  private int size;

  /** Adds the positions {@code from} to {@code to - 1}, not before the last range's. */
  OrdinalRanges add(int from, int to) {
    if (from >= to) {
      return this;
    }
    if (size > 0 && bounds[size - 1] == from) {
      bounds[size - 1] = to;
      return this;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
    }
    bounds[size++] = from;
    bounds[size++] = to;
    return this;
  }

  /** The positions below {@code count} in none of the ranges. */
  OrdinalRanges complement(int count) {
    OrdinalRanges others = new OrdinalRanges();
    int from = 0;
    for (int i = 0; i < rangeCount(); i++) {
      others.add(from, from(i));
      from = to(i);
    }
    return others.add(from, count);
  }

  int rangeCount() {
    return size / 2;
  }

  int from(int range) {
    return bounds[2 * range];
  }

  int to(int range) {
    return bounds[2 * range + 1];
  }
}
