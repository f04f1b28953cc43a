package dev.sagitta.engine.index.compact;

import java.util.Arrays;

/**
 * The candidates with the least estimates met so far, sorted, bounded, each of them once, and a
 * cursor to the nearest one whose neighbours have not been looked at. A candidate is one long: the
 * estimate, the node, and a bit that says whether its neighbours have been looked at. Equal nodes
 * have equal estimates, so that the place where a candidate belongs tells whether it is there. Not
 * safe for concurrent use; reused, so that no search allocates.
 */
final class EstimatePool {
  static final int ESTIMATE_MAX = 0xffff;
  private static final long EXPANDED = 1;

  private long[] entries = new long[64];
  private int capacity;
  private int size;
  private int cursor;

  /** Forgets everything and bounds the pool anew. */
  void reset(int capacity) {
    if (capacity > entries.length) {
      entries = new long[Math.max(capacity, entries.length + (entries.length >> 1))];
    }
    this.capacity = capacity;
    this.size = 0;
    this.cursor = 0;
  }

  /** Keeps all candidates and has room for more; the capacity only grows. */
  void grow(int capacity) {
    if (capacity > entries.length) {
      entries = Arrays.copyOf(entries, capacity);
    }
    this.capacity = capacity;
  }

  /** Removes the candidates that the filter does not accept. */
  void removeUnless(CompactWalk.NodeFilter filter) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (filter.accepts(nodeAt(i))) {
        entries[kept++] = entries[i];
      }
    }
    size = kept;
    cursor = 0;
  }

  int size() {
    return size;
  }

  /** The greatest estimate that may get into the pool. */
  int limit() {
    return size < capacity ? ESTIMATE_MAX : estimate(entries[size - 1]);
  }

  int nodeAt(int position) {
    return node(entries[position]);
  }

  int estimateAt(int position) {
    return estimate(entries[position]);
  }

  static long candidate(int estimate, int node) {
    return ((long) estimate << 32) | ((long) node << 1);
  }

  static int node(long candidate) {
    return (int) candidate >>> 1;
  }

  static int estimate(long candidate) {
    return (int) (candidate >>> 32);
  }

  /** Adds the candidate if it is near enough and not there; a full pool drops its farthest. */
  void add(long candidate) {
    if (size == capacity && candidate >= entries[size - 1]) {
      return;
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle] < candidate) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < size && (entries[low] & ~EXPANDED) == candidate) {
      return;
    }
    int end = size < capacity ? size++ : size - 1;
    System.arraycopy(entries, low, entries, low + 1, end - low);
    entries[low] = candidate;
    if (low < cursor) {
      cursor = low;
    }
  }

  /** Marks the nearest candidate not yet expanded and answers its node, or -1. */
  int expandNearest() {
    while (cursor < size && (entries[cursor] & EXPANDED) != 0) {
      cursor++;
    }
    if (cursor == size) {
      return -1;
    }
    long candidate = entries[cursor];
    entries[cursor++] = candidate | EXPANDED;
    return node(candidate);
  }
}
