package dev.sagitta.engine.index.graph;

/**
 * The paper's algorithm 4: of sorted candidates, keeps those that are nearer to the base than to
 * any candidate kept before, so that links lead in different directions. Not safe for concurrent
 * use.
 */
final class NeighbourSelection {
  private final PairDistances pairs;
  private final int[] group = new int[NodeDistances.GROUP];
  private final float[] distances = new float[NodeDistances.GROUP];
  private final int[] selected;
  private int count;

  NeighbourSelection(PairDistances pairs, int linksMax) {
    this.pairs = pairs;
    this.selected = new int[linksMax + NodeDistances.GROUP];
  }

  int count() {
    return count;
  }

  int get(int position) {
    return selected[position];
  }

  /**
   * Selects from {@code candidates[0..size)}, which are sorted by distance to the base.
   *
   * @param selfDistance the base's distance to itself; at most half of the links go to candidates
   *     of this distance, so that a cluster of equal vectors does not cut itself off
   * @param limit the most to select
   */
  void select(long[] candidates, int size, float selfDistance, int limit) {
    count = 0;
    int equals = 0;
    for (int i = 0; i < size && count < limit; i++) {
      float distance = Candidate.distance(candidates[i]);
      if (distance == selfDistance && ++equals > limit / 2) {
        continue;
      }
      int node = Candidate.node(candidates[i]);
      if (isNearerToBaseThanToSelected(node, distance)) {
        selected[count++] = node;
      }
    }
  }

  /**
   * Looks at the candidates kept first, a group at a time: they are the most likely to be nearer.
   */
  private boolean isNearerToBaseThanToSelected(int node, float distance) {
    if (count == 0) {
      return true;
    }
    pairs.setBase(node);
    for (int i = count; i % NodeDistances.GROUP != 0; i++) {
      selected[i] = selected[count - 1];
    }
    for (int from = 0; from < count; from += NodeDistances.GROUP) {
      System.arraycopy(selected, from, group, 0, NodeDistances.GROUP);
      pairs.compute(group, NodeDistances.GROUP, distances);
      for (float other : distances) {
        if (other < distance) {
          return false;
        }
      }
    }
    return true;
  }
}
