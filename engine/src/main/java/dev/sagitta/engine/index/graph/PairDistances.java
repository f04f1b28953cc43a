package dev.sagitta.engine.index.graph;

/** Distances from nodes to nodes, for construction. */
public interface PairDistances extends NodeDistances {
  /** Makes the node's vector the base. */
  void setBase(int node);
}
