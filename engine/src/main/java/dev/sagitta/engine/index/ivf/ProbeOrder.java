package dev.sagitta.engine.index.ivf;

import java.util.Arrays;

/**
 * Lists by distance, nearest first, sorted only as far as a search goes: pieces of growing size are
 * selected (Hoare's algorithm) and sorted when they are reached. Reused.
 */
final class ProbeOrder {
  private static final int PIECE_MIN = 16;

  private long[] orders = new long[0];
  private int size;
  private int sorted;

  /** Begins anew with these distances of the lists 0 to {@code count - 1}. */
  void reset(float[] distances, int count, int firstPiece) {
    if (orders.length < count) {
      orders = new long[count];
    }
    for (int list = 0; list < count; list++) {
      orders[list] = Distances.order(distances[list], list);
    }
    size = count;
    sorted = 0;
    sortUpTo(Math.max(PIECE_MIN, firstPiece));
  }

  /** The list that is the nearest but {@code rank} ones. */
  int list(int rank) {
    if (rank >= sorted) {
      sortUpTo(2 * rank);
    }
    return Distances.number(orders[rank]);
  }

  private void sortUpTo(int wanted) {
    int end = Math.min(size, wanted);
    if (end < size) {
      select(sorted, size - 1, end - 1);
    }
    Arrays.sort(orders, sorted, end);
    sorted = end;
  }

  /** Moves what is smaller than the number that belongs at {@code rank} before it. */
  private void select(int from, int to, int rank) {
    int low = from;
    int high = to;
    while (low < high) {
      long pivot = medianOfThree(low, high);
      int i = low;
      int j = high;
      while (i <= j) {
        while (orders[i] < pivot) {
          i++;
        }
        while (orders[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swap = orders[i];
          orders[i++] = orders[j];
          orders[j--] = swap;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private long medianOfThree(int low, int high) {
    long left = orders[low];
    long middle = orders[(low + high) >>> 1];
    long right = orders[high];
    return Math.max(Math.min(left, middle), Math.min(Math.max(left, middle), right));
  }
}
