package dev.sagitta.engine.scalarindex.build;

/**
 * A stable sort of 64-bit keys, as unsigned numbers, with an int each: least significant digit
 * first, a byte a pass; bytes that are equal in all keys cost no pass.
 */
final class RadixSort {
  private static final int DIGITS = 256;

  private long[] spareKeys = {};
  private int[] spareValues = {};

  /** Sorts the positions {@code from} to {@code to - 1} of both arrays by key. */
  void sort(long[] keys, int[] values, int from, int to) {
    int count = to - from;
    if (spareKeys.length < count) {
      spareKeys = new long[count];
      spareValues = new int[count];
    }
    long varying = 0;
    for (int i = from + 1; i < to; i++) {
      varying |= keys[i] ^ keys[from];
    }
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if (((varying >>> shift) & 0xFF) != 0) {
        pass(keys, values, from, to, shift);
      }
    }
  }

  private void pass(long[] keys, int[] values, int from, int to, int shift) {
    int[] starts = new int[DIGITS + 1];
    for (int i = from; i < to; i++) {
      starts[(int) ((keys[i] >>> shift) & 0xFF) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      starts[digit + 1] += starts[digit];
    }
    for (int i = from; i < to; i++) {
      int position = starts[(int) ((keys[i] >>> shift) & 0xFF)]++;
      spareKeys[position] = keys[i];
      spareValues[position] = values[i];
    }
    System.arraycopy(spareKeys, 0, keys, from, to - from);
    System.arraycopy(spareValues, 0, values, from, to - from);
  }
}
