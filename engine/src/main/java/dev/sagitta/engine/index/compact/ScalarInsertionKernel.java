package dev.sagitta.engine.index.compact;

/** The twin in plain loops. */
final class ScalarInsertionKernel implements InsertionKernel {
  @Override
  public int insert(long[] numbers, int end, long number) {
    int low = GUARD;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < end && (numbers[low] & ~1L) == number) {
      return -1;
    }
    System.arraycopy(numbers, low, numbers, low + 1, end - 1 - low);
    numbers[low] = number;
    return low;
  }
}
