package dev.sagitta.engine.index.compact;

import java.util.Arrays;

/**
 * The least of the even numbers that were added, sorted, bounded, each of them once. Not safe for
 * concurrent use; reused, so that no search allocates.
 */
final class SortedNumbers {
  /** Fills places that are free; odd, so that it is none of the numbers. */
  static final long FREE = Long.MAX_VALUE;

  private static final InsertionKernel KERNEL = InsertionKernels.preferred();

  private long[] numbers = new long[64 + 2 * InsertionKernel.GUARD];
  private int start;
  private int end;
  private int size;

  /** Forgets everything and bounds the array anew. */
  void reset(int capacity) {
    int padding = -capacity & (InsertionKernel.GUARD - 1);
    start = InsertionKernel.GUARD + padding;
    end = start + capacity;
    if (end > numbers.length) {
      numbers = new long[Math.max(end, numbers.length + (numbers.length >> 1))];
    }
    Arrays.fill(numbers, 0, start, Long.MIN_VALUE);
    Arrays.fill(numbers, start, end, FREE);
    size = 0;
  }

  int size() {
    return size;
  }

  int capacity() {
    return end - start;
  }

  long get(int position) {
    return numbers[start + position];
  }

  /** Replaces a number by one that keeps the order. */
  void set(int position, long number) {
    numbers[start + position] = number;
  }

  /** The greatest number, or {@link #FREE} as long as there is room. */
  long last() {
    return numbers[end - 1];
  }

  /**
   * Adds the number unless it, or the odd number behind it, is there; drops the greatest if there
   * is no room.
   *
   * @return its position, or -1 if it was not added
   */
  int add(long number) {
    if (number >= numbers[end - 1]) {
      return -1;
    }
    int index = KERNEL.insert(numbers, end, number);
    if (index < 0) {
      return -1;
    }
    if (size < end - start) {
      size++;
    }
    return index - start;
  }
}
