package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.index.graph.NodeDistances;

/**
 * Distances between a query and nodes. Those that steer a walk may be rounded; then {@link
 * #computeExact} ranks what the walk found, and {@link #nearestPossible} tells what it may skip.
 */
interface QueryDistances extends NodeDistances {
  /**
   * Makes a query the base.
   *
   * @param exact whether all distances have to be exact
   */
  void setQuery(float[] query, int offset, boolean exact);

  /** Whether {@link #compute} is exact for the base. */
  boolean isExact();

  /** No node that {@link #compute} gives this distance is nearer. */
  float nearestPossible(float distance);

  /** Like {@link #compute}, exact. */
  void computeExact(int[] nodes, int count, float[] target);
}
