package dev.sagitta.engine.index.ivf;

import java.util.Arrays;

/** The nearest positions seen so far, up to a bound, in a heap with the farthest on top. Reused. */
final class CandidateRows {
  private long[] orders = new long[0];
  private int capacity;
  private int size;

  void reset(int newCapacity) {
    capacity = newCapacity;
    size = 0;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacity;
  }

  /** Distance of the farthest kept one, of which there is one. */
  float farthest() {
    return Distances.distance(orders[0]);
  }

  /** Keeps the position if it is among the nearest; answers whether it is. */
  boolean offer(float distance, int position) {
    long order = Distances.order(distance, position);
    if (size < capacity) {
      if (size == orders.length) {
        orders = Arrays.copyOf(orders, Math.min(capacity, Math.max(64, 2 * size)));
      }
      orders[size] = order;
      siftUp(size++);
      return true;
    }
    if (order < orders[0]) {
      orders[0] = order;
      siftDown();
      return true;
    }
    return false;
  }

  /** Writes the positions to {@code target}, ascending, which is the order of their memory. */
  void copyPositions(int[] target) {
    for (int i = 0; i < size; i++) {
      target[i] = Distances.number(orders[i]);
    }
    Arrays.sort(target, 0, size);
  }

  private void siftUp(int start) {
    int child = start;
    long order = orders[child];
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (orders[parent] >= order) {
        break;
      }
      orders[child] = orders[parent];
      child = parent;
    }
    orders[child] = order;
  }

  private void siftDown() {
    int parent = 0;
    long order = orders[0];
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && orders[child + 1] > orders[child]) {
        child++;
      }
      if (orders[child] <= order) {
        break;
      }
      orders[parent] = orders[child];
      parent = child;
    }
    orders[parent] = order;
  }
}
