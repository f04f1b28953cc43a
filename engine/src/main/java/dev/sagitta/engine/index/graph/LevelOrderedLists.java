package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Upper lists of a graph whose nodes are numbered by level, highest first ({@link NodeOrder}): the
 * nodes of level {@code l} or above are the first ones, so their lists on that level lie in order
 * of the nodes and need no index. Level 1 comes first.
 */
public final class LevelOrderedLists implements UpperLists {
  private final RecordBlocks lists;
  private final int[] counts;
  private final int[] firsts;

  /**
   * @param memory the lists, aligned to 64 bytes, kept alive by the caller
   * @param m links of a list
   * @param counts how many nodes are on level 1 or above, on level 2 or above, and so on
   */
  public LevelOrderedLists(MemorySegment memory, int m, int[] counts) {
    requireNonNull(memory, "memory is null");
    this.counts = counts.clone();
    this.firsts = new int[counts.length];
    int total = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0 || (i > 0 && counts[i] > counts[i - 1])) {
        throw new IllegalArgumentException(
            "counts of nodes must not grow by level: counts=" + Arrays.toString(counts));
      }
      firsts[i] = total;
      total = Math.addExact(total, counts[i]);
    }
    this.lists = RecordBlocks.over(memory, LinkGraph.upperListBytes(m), total);
  }

  @Override
  public long address(int node, int level) {
    return level > counts.length || node >= counts[level - 1]
        ? 0
        : lists.address(firsts[level - 1] + node);
  }

  @Override
  public long sizeInBytes() {
    return lists.sizeInBytes();
  }
}
