package dev.sagitta.engine.index.graph;

import java.util.Arrays;

/**
 * Which nodes a search has met. A node is marked by the number of the current search, so that
 * beginning the next one costs nothing; bytes keep the marks of 100,000 nodes in a second-level
 * cache, at the price of one sweep in 255 searches.
 */
public final class VisitedNodes {
  private static final int EPOCH_MAX = 255;

  private byte[] marks = new byte[0];
  private int epoch;

  /** Forgets all marks and makes room for nodes below {@code nodeCount}. */
  public void reset(int nodeCount) {
    if (nodeCount > marks.length) {
      marks = new byte[Math.max(nodeCount, marks.length + (marks.length >> 1))];
      epoch = 0;
    }
    if (epoch == EPOCH_MAX) {
      Arrays.fill(marks, (byte) 0);
      epoch = 0;
    }
    epoch++;
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
}
