package dev.sagitta.engine.column;

/** Sorts row numbers by what they stand for, without an object per row. */
public final class RowOrder {
  private RowOrder() {}

  /** Compares two rows. */
  @FunctionalInterface
  public interface RowComparator {
    int compare(int left, int right);
  }

  /** Whether the rows 0 to {@code rowCount - 1} are in order as they are. */
  public static boolean isSorted(int rowCount, RowComparator comparator) {
    for (int row = 1; row < rowCount; row++) {
      if (comparator.compare(row - 1, row) > 0) {
        return false;
      }
    }
    return true;
  }

  /** The rows 0 to {@code rowCount - 1} in order; equal ones stay as they are (merge sort). */
  public static int[] sort(int rowCount, RowComparator comparator) {
    int[] source = new int[rowCount];
    int[] target = new int[rowCount];
    for (int row = 0; row < rowCount; row++) {
      source[row] = row;
    }
    for (long width = 1; width < rowCount; width *= 2) {
      for (long start = 0; start < rowCount; start += 2 * width) {
        int middle = (int) Math.min(start + width, rowCount);
        int end = (int) Math.min(start + 2 * width, rowCount);
        merge(source, target, (int) start, middle, end, comparator);
      }
      int[] swapped = source;
      source = target;
      target = swapped;
    }
    return source;
  }

  private static void merge(
      int[] source, int[] target, int start, int middle, int end, RowComparator comparator) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          left < middle && (right >= end || comparator.compare(source[left], source[right]) <= 0);
      target[i] = takeLeft ? source[left++] : source[right++];
    }
  }
}
