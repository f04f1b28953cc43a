package dev.sagitta.engine.index.graph;

import java.util.Arrays;

/**
 * Which nodes a search has met. A node is marked by the number of the current search, so that
 * beginning the next one costs nothing; bytes keep the marks of 100,000 nodes in a second-level
 * cache, at the price of one sweep in 255 searches.
 */
public final class VisitedNodes {
  private static final int EPOCH_MAX = 255;

  private byte[] marks = new byte[1];
  private int epoch;
  private int nodeCount;

  /** Forgets all marks and makes room for nodes below {@code nodeCount}. */
  public void reset(int nodeCount) {
    if (nodeCount >= marks.length) {
      marks = new byte[Math.max(nodeCount + 1, marks.length + (marks.length >> 1))];
      epoch = 0;
    }
    if (epoch == EPOCH_MAX) {
      Arrays.fill(marks, (byte) 0);
      epoch = 0;
    }
    epoch++;
    this.nodeCount = nodeCount;
    marks[nodeCount] = (byte) epoch;
  }

  /** Marks the node; answers whether it was not marked before. */
  public boolean visit(int node) {
    byte mark = (byte) epoch;
    if (marks[node] == mark) {
      return false;
    }
    marks[node] = mark;
    return true;
  }

  /**
   * Appends the node to the array, and marks it, if it is wanted and was not marked before; like
   * {@link #visit(int, int[], int)} without branches.
   *
   * @param node a node
   * @param wanted 1 or 0
   * @param end where to append
   * @return the new end
   */
  int visitWanted(int node, int wanted, int[] fresh, int end) {
    byte mark = marks[node];
    int difference = (mark ^ epoch) & EPOCH_MAX;
    int isFresh = ((difference + EPOCH_MAX) >>> 8) & wanted;
    marks[node] = (byte) (mark ^ (difference & -isFresh));
    fresh[end] = node;
    return end + isFresh;
  }

  /**
   * Appends the node to the array unless it was marked before, and marks it. What is no node below
   * the count given to {@link #reset}, as an unsigned number, counts as marked. Whether a node was
   * marked cannot be predicted, so this has no branches: a wrong guess would wait for memory.
   *
   * @param end where to append
   * @return the new end
   */
  int visit(int node, int[] fresh, int end) {
    int place =
        Math.min(node + Integer.MIN_VALUE, nodeCount + Integer.MIN_VALUE) - Integer.MIN_VALUE;
    int difference = (marks[place] ^ epoch) & EPOCH_MAX;
    marks[place] = (byte) epoch;
    fresh[end] = place;
    return end + ((difference + EPOCH_MAX) >>> 8);
  }
}
