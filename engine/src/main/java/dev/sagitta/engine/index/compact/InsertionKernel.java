package dev.sagitta.engine.index.compact;

/**
 * Inserts into sorted arrays. An array has {@link #GUARD} or more elements of {@link
 * Long#MIN_VALUE}, then sorted numbers to its last used element; from the first to the last used
 * element it is a multiple of {@link #GUARD} long. Implementations hold no state and allocate
 * nothing.
 */
interface InsertionKernel {
  /** Numbers that an implementation may move at once. */
  int GUARD = 8;

  /**
   * Inserts an even number, in front of all that are not less, and drops the last one, unless it or
   * the odd number behind it is there.
   *
   * @param end index behind the last used element
   * @param number less than the last element, greater than {@link Long#MIN_VALUE}
   * @return the index where it was inserted, or -1 if it was there
   */
  int insert(long[] numbers, int end, long number);
}
