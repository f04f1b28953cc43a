package dev.sagitta.engine.index.diskann;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** Orders the nodes of a graph by their distance from the entry, in links. */
final class BreadthFirstOrder {
  private BreadthFirstOrder() {}

  /**
   * All nodes, the entry first; none if the graph has none.
   *
   * @param linkUnreached called for a node that has not been reached, to link it from one that has
   */
  static int[] of(VamanaGraph graph, int entry, IntConsumer linkUnreached) {
    int nodes = graph.nodeCount();
    if (nodes == 0) {
      return new int[0];
    }
    int[] order = new int[nodes];
    int[] links = new int[graph.capacity()];
    BitSet reached = new BitSet(nodes);
    reached.set(entry);
    order[0] = entry;
    int size = 1;
    int next = 0;
    int unreached = 0;
    while (true) {
      for (; next < size; next++) {
        int count = graph.copyLinks(order[next], links);
        for (int i = 0; i < count; i++) {
          if (!reached.get(links[i])) {
            reached.set(links[i]);
            order[size++] = links[i];
          }
        }
      }
      if (size == nodes) {
        return order;
      }
      unreached = reached.nextClearBit(unreached);
      linkUnreached.accept(unreached);
      reached.set(unreached);
      order[size++] = unreached;
    }
  }
}
