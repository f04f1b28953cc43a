package dev.sagitta.engine.index.graph;

/**
 * The paper's algorithm 4: of sorted candidates, keeps those that are nearer to the base than to
 * any candidate kept before, so that links lead in different directions. Not safe for concurrent
 * use.
 */
final class NeighbourSelection {
  private final PairDistances pairs;
  private final float[] distances;
  private final int[] selected;
  private int count;

  NeighbourSelection(PairDistances pairs, int linksMax) {
    this.pairs = pairs;
    this.selected = new int[linksMax + NodeDistances.GROUP];
    this.distances = new float[selected.length];
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

  private boolean isNearerToBaseThanToSelected(int node, float distance) {
    if (count == 0) {
      return true;
    }
    pairs.setBase(node);
    for (int i = count; i % NodeDistances.GROUP != 0; i++) {
      selected[i] = selected[count - 1];
    }
    pairs.compute(selected, count, distances);
    for (int i = 0; i < count; i++) {
      if (distances[i] < distance) {
        return false;
      }
    }
    return true;
  }
}
