package dev.sagitta.engine.index.graph;

import dev.sagitta.engine.column.VectorColumn;
import java.util.Arrays;

/**
 * Numbers the rows that have a vector as nodes of a graph: nodes of the highest level first, by row
 * within a level. The first node is where every search begins.
 */
public final class NodeOrder {
  private final int[] rows;
  private final int[] counts;

  private NodeOrder(int[] rows, int[] counts) {
    this.rows = rows;
    this.counts = counts;
  }

  /** The order for a graph with {@code m} links. */
  public static NodeOrder of(VectorColumn vectors, int m) {
    int[] sizes = new int[GraphEntry.LEVEL_MAX + 2];
    int total = vectors.rowCount();
    for (int row = 0; row < total; row++) {
      if (!vectors.mayHaveNulls() || !vectors.isNull(row)) {
        sizes[levelOf(row, m)]++;
      }
    }
    int highest = GraphEntry.LEVEL_MAX;
    while (highest > 0 && sizes[highest] == 0) {
      highest--;
    }
    int[] nextNode = new int[highest + 1];
    int[] counts = new int[highest];
    int nodes = 0;
    for (int level = highest; level >= 0; level--) {
      nextNode[level] = nodes;
      nodes += sizes[level];
      if (level > 0) {
        counts[level - 1] = nodes;
      }
    }
    int[] rows = new int[nodes];
    for (int row = 0; row < total; row++) {
      if (!vectors.mayHaveNulls() || !vectors.isNull(row)) {
        rows[nextNode[levelOf(row, m)]++] = row;
      }
    }
    return new NodeOrder(rows, counts);
  }

  /** Number of nodes. */
  public int nodeCount() {
    return rows.length;
  }

  /** The node's row. */
  public int row(int node) {
    return rows[node];
  }

  /** The row of each node, for the caller to keep. */
  public int[] copyRows() {
    return rows.clone();
  }

  int[] rows() {
    return rows;
  }

  /** How many nodes are on level 1 or above, on level 2 or above, and so on. */
  public int[] levelCounts() {
    return counts.clone();
  }

  /** The node's level. */
  int level(int node) {
    int level = 0;
    while (level < counts.length && node < counts[level]) {
      level++;
    }
    return level;
  }

  int upperListCount() {
    return Arrays.stream(counts).sum();
  }

  GraphEntry entry() {
    return rows.length == 0 ? GraphEntry.NONE : new GraphEntry(0, counts.length);
  }

  /**
   * The level of a row, geometrically distributed with the paper's factor 1 / ln(m). Drawn from the
   * row's number, so that no source of randomness is needed.
   */
  public static int levelOf(int row, int m) {
    long mixed = (row + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    double uniform = ((mixed >>> 11) + 1) * 0x1.0p-53;
    return Math.min(GraphEntry.LEVEL_MAX, (int) (-Math.log(uniform) / Math.log(m)));
  }
}
