package dev.sagitta.engine.index.sparse;

/** The largest numbers seen, up to a limit, of which the smallest is wanted. */
final class ThresholdHeap {
  private int[] values = new int[0];
  private int limit;
  private int size;

  void begin(int newLimit) {
    limit = newLimit;
    size = 0;
    if (values.length < limit) {
      values = new int[limit];
    }
  }

  /** The smallest of the numbers, once there are as many as the limit. */
  int smallest() {
    return values[0];
  }

  /**
   * Takes a number in.
   *
   * @return whether there are as many as the limit and the smallest of them has changed
   */
  boolean offer(int value) {
    if (size < limit) {
      siftUp(value);
      return size == limit;
    }
    if (value <= values[0]) {
      return false;
    }
    siftDown(value);
    return true;
  }

  private void siftUp(int value) {
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (values[parent] <= value) {
        break;
      }
      values[child] = values[parent];
      child = parent;
    }
    values[child] = value;
  }

  private void siftDown(int value) {
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && values[child + 1] < values[child]) {
        child++;
      }
      if (values[child] >= value) {
        break;
      }
      values[parent] = values[child];
      parent = child;
    }
    values[parent] = value;
  }
}
