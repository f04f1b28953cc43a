package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.AxisScorer;
import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.graph.NativeMemory;

/**
 * Fills lists of links up to whole groups with the nearest of the neighbours' neighbours. A
 * selection that leads in different directions leaves up to half of the slots of a block empty, but
 * reading and comparing them costs the same; filled, each step of a walk finds more (SymphonyQG
 * does the same). For one thread.
 */
final class LinkFiller {
  private static final int GROUP = 4;

  private final NodeLinks links;
  private final NodeBlocks blocks;
  private final AxisScorer scorer;
  private final SortedNumbers nearest = new SortedNumbers();
  private final int[] marks;
  private final int[] further;
  private final int[] pending = new int[GROUP];
  private final float[] scores = new float[GROUP];
  private int pendingCount;
  private int mark;

  /**
   * @param links of all nodes
   * @param blocks with the own codes of all nodes
   */
  LinkFiller(NodeLinks links, NodeBlocks blocks, FastScanCode code) {
    this.links = requireNonNull(links, "links is null");
    this.blocks = requireNonNull(blocks, "blocks is null");
    this.scorer = code.newRowScorer();
    this.marks = new int[links.nodeCount()];
    this.further = new int[links.maximum()];
  }

  /**
   * Adds to the node's neighbours.
   *
   * @param neighbours has as many elements as a node may have links in the end
   * @param count how many there are
   * @return how many there are then
   */
  int fill(int node, int[] neighbours, int count) {
    if (count == neighbours.length) {
      return count;
    }
    mark++;
    marks[node] = mark;
    for (int i = 0; i < count; i++) {
      marks[neighbours[i]] = mark;
    }
    scorer.setRow(NativeMemory.ALL, blocks.own(node));
    nearest.reset(neighbours.length - count);
    for (int i = 0; i < count; i++) {
      int furtherCount = links.read(neighbours[i], further);
      for (int j = 0; j < furtherCount; j++) {
        offer(further[j]);
      }
    }
    comparePending();
    for (int i = 0; i < nearest.size(); i++) {
      neighbours[count++] = ScoredNode.node(nearest.get(i));
    }
    return count;
  }

  private void offer(int node) {
    if (marks[node] != mark) {
      marks[node] = mark;
      pending[pendingCount++] = node;
      if (pendingCount == GROUP) {
        comparePending();
      }
    }
  }

  private void comparePending() {
    if (pendingCount == 0) {
      return;
    }
    int last = pendingCount - 1;
    scorer.scores(
        NativeMemory.ALL,
        blocks.own(pending[0]),
        blocks.own(pending[Math.min(1, last)]),
        blocks.own(pending[Math.min(2, last)]),
        blocks.own(pending[last]),
        scores);
    for (int i = 0; i < pendingCount; i++) {
      nearest.add(ScoredNode.of(scores[i], pending[i]));
    }
    pendingCount = 0;
  }
}
