package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.index.code.AxisScorer;
import dev.sagitta.engine.index.code.FastScanTables;
import dev.sagitta.engine.index.graph.NativeMemory;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sorts what a walk found by estimates from the nodes' own codes, which are far better than those
 * that steer walks, so that hardly more vectors than wanted need to be compared. The own codes lie
 * in the blocks that the walk has just read. Reused, so that no search allocates.
 */
final class Refinement {
  private static final int GROUP = 4;

  private long[] sorted = new long[64];
  private int size;
  private final int[] nodes = new int[GROUP];
  private final float[] scores = new float[GROUP];

  /** Takes all candidates of a pool, whose estimates stay as they are if there are no own codes. */
  void refine(EstimatePool pool, NodeBlocks blocks, FastScanTables tables) {
    size = pool.size();
    if (size > sorted.length) {
      sorted = new long[size + (size >> 1)];
    }
    Optional<AxisScorer> scorer = tables.scorer();
    if (scorer.isPresent()) {
      score(pool, blocks, scorer.get());
    } else {
      for (int i = 0; i < size; i++) {
        sorted[i] = ScoredNode.of(pool.estimateAt(i) * tables.step(), pool.nodeAt(i));
      }
    }
    Arrays.sort(sorted, 0, size);
  }

  private void score(EstimatePool pool, NodeBlocks blocks, AxisScorer scorer) {
    for (int from = 0; from < size; from += GROUP) {
      int count = Math.min(GROUP, size - from);
      for (int i = 0; i < GROUP; i++) {
        nodes[i] = pool.nodeAt(from + Math.min(i, count - 1));
      }
      scorer.scores(
          NativeMemory.ALL,
          blocks.own(nodes[0]),
          blocks.own(nodes[1]),
          blocks.own(nodes[2]),
          blocks.own(nodes[3]),
          scores);
      for (int i = 0; i < count; i++) {
        sorted[from + i] = ScoredNode.of(scores[i], nodes[i]);
      }
    }
  }

  int size() {
    return size;
  }

  int nodeAt(int position) {
    return ScoredNode.node(sorted[position]);
  }

  /** The estimate at the position, which grows with the position. */
  float estimateAt(int position) {
    return ScoredNode.score(sorted[position]);
  }
}
