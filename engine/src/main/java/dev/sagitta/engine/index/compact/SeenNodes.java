package dev.sagitta.engine.index.compact;

import java.util.Arrays;

/**
 * Remembers most of the nodes that a walk has met, in memory that stays in the processor's first
 * cache: half of what comes near enough for the pool has been there before. Forgets a node when
 * another one takes its place.
 */
final class SeenNodes {
  private static final int SIZE_MIN = 1 << 10;
  private static final int SIZE_MAX = 1 << 13;

  /** Places for each candidate that the pool holds. */
  private static final int PLACES_PER_CANDIDATE = 16;

  private static final int FACTOR = 0x9e3779b1;

  private final int[] nodes = new int[SIZE_MAX];
  private int shift;

  /** Forgets everything. */
  void reset(int candidates) {
    int wanted = (int) Math.min(SIZE_MAX, (long) candidates * PLACES_PER_CANDIDATE);
    int size = Math.max(SIZE_MIN, Integer.highestOneBit(wanted));
    shift = Integer.numberOfLeadingZeros(size) + 1;
    Arrays.fill(nodes, 0, size, NodeBlocks.NONE);
  }

  /** Takes note of the node; answers false if it surely was there before. */
  boolean isNew(int node) {
    int place = (node * FACTOR) >>> shift;
    if (nodes[place] == node) {
      return false;
    }
    nodes[place] = node;
    return true;
  }
}
