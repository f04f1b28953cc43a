package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A graph of fixed size and the memory that it lies in.
 *
 * @param order numbers the nodes
 * @param links the lists on level 0
 * @param upperLists the lists above, as {@link LevelOrderedLists} has them
 */
public record GraphMemory(
    LinkGraph graph, NodeOrder order, MemorySegment links, MemorySegment upperLists) {
  public GraphMemory {
    requireNonNull(graph, "graph is null");
    requireNonNull(order, "order is null");
    requireNonNull(links, "links is null");
    requireNonNull(upperLists, "upperLists is null");
  }

  /** A graph of nodes without links. */
  public static GraphMemory allocate(Arena arena, NodeOrder order, int m) {
    int nodes = order.nodeCount();
    MemorySegment links = emptyLists(arena, nodes, LinkGraph.linkBytes(m));
    MemorySegment upperLists =
        emptyLists(arena, order.upperListCount(), LinkGraph.upperListBytes(m));
    LinkGraph graph =
        new LinkGraph(
            m,
            RecordBlocks.over(links, LinkGraph.linkBytes(m), nodes),
            new LevelOrderedLists(upperLists, m, order.levelCounts()),
            order.entry());
    return new GraphMemory(graph, order, links, upperLists);
  }

  private static MemorySegment emptyLists(Arena arena, int count, int listBytes) {
    return arena
        .allocate((long) count * listBytes, RecordBlocks.ALIGNMENT_BYTES)
        .fill((byte) LinkGraph.END);
  }
}
