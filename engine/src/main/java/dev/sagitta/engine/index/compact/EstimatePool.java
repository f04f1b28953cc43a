package dev.sagitta.engine.index.compact;

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

  private SortedNumbers candidates = new SortedNumbers();
  private SortedNumbers spare = new SortedNumbers();
  private int cursor;

  /** Forgets everything and bounds the pool anew. */
  void reset(int capacity) {
    candidates.reset(capacity);
    cursor = 0;
  }

  /**
   * Bounds the pool anew and keeps the candidates for which there is room and which the filter
   * accepts.
   */
  void keep(int capacity, CompactWalk.NodeFilter filter) {
    spare.reset(capacity);
    for (int i = 0; i < candidates.size(); i++) {
      if (filter.accepts(nodeAt(i))) {
        spare.add(candidates.get(i) & ~EXPANDED);
      }
    }
    SortedNumbers kept = spare;
    spare = candidates;
    candidates = kept;
    cursor = 0;
  }

  int size() {
    return candidates.size();
  }

  /** The greatest estimate that may get into the pool. */
  int limit() {
    return Math.min(ESTIMATE_MAX, estimate(candidates.last()));
  }

  int nodeAt(int position) {
    return node(candidates.get(position));
  }

  int estimateAt(int position) {
    return estimate(candidates.get(position));
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
    int position = candidates.add(candidate);
    if (position >= 0 && position < cursor) {
      cursor = position;
    }
  }

  /** Marks the nearest candidates not yet expanded and answers how many they are. */
  int expandNearest(int[] nodes) {
    int count = 0;
    int size = candidates.size();
    int at = cursor;
    for (; at < size && count < nodes.length; at++) {
      long candidate = candidates.get(at);
      if ((candidate & EXPANDED) == 0) {
        candidates.set(at, candidate | EXPANDED);
        nodes[count++] = node(candidate);
      }
    }
    cursor = at;
    return count;
  }
}
