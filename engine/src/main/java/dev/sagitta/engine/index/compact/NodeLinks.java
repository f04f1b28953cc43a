package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The links of a graph's lowest level.
 *
 * @param memory lists of {@code maximum} int32 each, {@link LinkGraph#END} behind the last link
 */
record NodeLinks(MemorySegment memory, int nodeCount, int maximum) {
  NodeLinks {
    requireNonNull(memory, "memory is null");
  }

  /** Reads the neighbours of a node and answers how many they are. */
  int read(int node, int[] neighbours) {
    long list = 4L * node * maximum;
    int count = 0;
    while (count < maximum) {
      int neighbour = memory.get(LittleEndian.INT, list + 4L * count);
      if (neighbour == LinkGraph.END) {
        break;
      }
      neighbours[count++] = neighbour;
    }
    return count;
  }

  /** The nodes in the order in which a search from the first one meets them, then all others. */
  int[] breadthFirst() {
    int[] found = new int[nodeCount];
    boolean[] isFound = new boolean[nodeCount];
    int[] neighbours = new int[maximum];
    int size = 0;
    int next = 0;
    for (int start = 0; start < nodeCount; start++) {
      if (!isFound[start]) {
        isFound[start] = true;
        found[size++] = start;
      }
      for (; next < size; next++) {
        int count = read(found[next], neighbours);
        for (int i = 0; i < count; i++) {
          if (!isFound[neighbours[i]]) {
            isFound[neighbours[i]] = true;
            found[size++] = neighbours[i];
          }
        }
      }
    }
    return found;
  }

  /**
   * The same graph with its nodes in another order.
   *
   * @param nodes the old number of each new one
   * @param target memory for the lists
   */
  NodeLinks reordered(int[] nodes, MemorySegment target) {
    int[] newNumbers = new int[nodeCount];
    for (int node = 0; node < nodeCount; node++) {
      newNumbers[nodes[node]] = node;
    }
    int[] neighbours = new int[maximum];
    for (int node = 0; node < nodeCount; node++) {
      int count = read(nodes[node], neighbours);
      long list = 4L * node * maximum;
      for (int i = 0; i < maximum; i++) {
        int neighbour = i < count ? newNumbers[neighbours[i]] : LinkGraph.END;
        target.set(LittleEndian.INT, list + 4L * i, neighbour);
      }
    }
    return new NodeLinks(target, nodeCount, maximum);
  }
}
