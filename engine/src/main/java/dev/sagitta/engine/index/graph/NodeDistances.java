package dev.sagitta.engine.index.graph;

/**
 * Distances between one vector, called the base, and nodes of a graph: all that a walk knows of
 * vectors. A smaller distance is nearer. Not safe for concurrent use: each thread has one.
 *
 * <p>One call compares all nodes that a step of a walk has met, so that an implementation can keep
 * many loads in flight; the cost of a call through an interface does not matter beside that.
 */
public interface NodeDistances {
  /** Implementations compare this many nodes at a time. */
  int GROUP = 8;

  /**
   * Writes the distance of {@code nodes[i]} to {@code target[i]} for {@code i} below {@code count}.
   *
   * @param nodes node numbers; behind {@code count} up to the next multiple of {@link #GROUP} there
   *     are valid nodes too, and {@code target} has room for their distances
   */
  void compute(int[] nodes, int count, float[] target);
}
