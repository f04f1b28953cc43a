package dev.sagitta.engine.index.graph;

/**
 * Locks of those who insert into one graph: stripes for lists of links, of which a thread holds one
 * at a time, and one for the entry, taken before them.
 */
public final class GraphLocks {
  /** Power of two; enough that two threads rarely meet. */
  private static final int STRIPES = 1024;

  private final Object entryLock = new Object();
  private final Object[] stripes = new Object[STRIPES];

  public GraphLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  Object ofEntry() {
    return entryLock;
  }

  /** The lock of a node's lists. */
  public Object ofNode(int node) {
    return stripes[node & (STRIPES - 1)];
  }
}
