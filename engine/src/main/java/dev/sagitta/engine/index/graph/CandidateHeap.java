package dev.sagitta.engine.index.graph;

import java.util.Arrays;

/** Candidates to expand, nearest first, without a bound of its own: a binary heap of longs. */
public final class CandidateHeap {
  private long[] entries = new long[256];
  private int size;

  /** Forgets everything. */
  public void clear() {
    size = 0;
  }

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Adds a candidate. */
  public void add(long candidate) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (entries[parent] <= candidate) {
        break;
      }
      entries[child] = entries[parent];
      child = parent;
    }
    entries[child] = candidate;
  }

  /** Removes and answers the nearest candidate. */
  public long removeNearest() {
    long nearest = entries[0];
    long last = entries[--size];
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && entries[child + 1] < entries[child]) {
        child++;
      }
      if (last <= entries[child]) {
        break;
      }
      entries[parent] = entries[child];
      parent = child;
    }
    entries[parent] = last;
    return nearest;
  }
}
