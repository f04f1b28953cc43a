package dev.sagitta.engine.index.graph;

import java.lang.foreign.Arena;

/**
 * Upper lists of a graph that grows: each node has the number of its list on level 1, those of its
 * other levels follow. One thread adds nodes; others may read.
 */
public final class GrowingUpperLists implements UpperLists {
  private static final int NONE = -1;

  private final RecordBlocks firsts;
  private final RecordBlocks lists;
  private int used;

  /** Lists of a graph with {@code m} links, in blocks for about {@code 1 << shift} nodes. */
  public GrowingUpperLists(Arena arena, int m, int shift) {
    this.firsts = RecordBlocks.growing(arena, Integer.BYTES, shift, (byte) NONE);
    this.lists =
        RecordBlocks.growing(
            arena, LinkGraph.upperListBytes(m), Math.max(4, shift - 4), (byte) LinkGraph.END);
  }

  /** Gives the node empty lists on the levels 1 to {@code level}. */
  public void add(int node, int level) {
    firsts.ensureCapacity(node + 1);
    if (level > 0) {
      lists.ensureCapacity(used + level);
      NativeMemory.setInt(firsts.address(node), used);
      used += level;
    }
  }

  @Override
  public long address(int node, int level) {
    int first = NativeMemory.getInt(firsts.address(node));
    return first == NONE ? 0 : lists.address(first + level - 1);
  }

  @Override
  public long sizeInBytes() {
    return firsts.sizeInBytes() + lists.sizeInBytes();
  }
}
