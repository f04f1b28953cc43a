package dev.sagitta.engine.index.graph;

/** Where the lists of links above level 0 lie. */
public interface UpperLists {
  /** Address of the node's list on a level above 0, or 0 if it has none there. */
  long address(int node, int level);

  /** Bytes of memory that the lists take. */
  long sizeInBytes();
}
