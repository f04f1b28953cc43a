package dev.sagitta.engine.index.graph;

/**
 * Where every search begins.
 *
 * @param node a node of the highest level, or -1 if the graph is empty
 * @param level the highest level
 */
public record GraphEntry(int node, int level) {
  /** More than a graph of 2^31 nodes with two links a node ever needs. */
  public static final int LEVEL_MAX = 31;

  /** Of an empty graph. */
  public static final GraphEntry NONE = new GraphEntry(-1, -1);

  public boolean isNone() {
    return node < 0;
  }
}
