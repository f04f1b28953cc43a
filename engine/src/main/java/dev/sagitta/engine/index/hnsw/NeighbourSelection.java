package dev.sagitta.engine.index.hnsw;

/**
 * The paper's algorithm 4: of sorted candidates, keeps those that are nearer to the base than to
 * any candidate kept before, so that links lead in different directions. Not safe for concurrent
 * use.
 */
final class NeighbourSelection {
  private final HnswGraph graph;
  private final float[] vector;
  private final float[] distances = new float[SearchScratch.GROUP];
  private final int[] selected;
  private int count;

  NeighbourSelection(HnswGraph graph) {
    this.graph = graph;
    this.vector = new float[graph.paddedDimension()];
    this.selected = new int[graph.maximumLinks(0) + SearchScratch.GROUP];
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
    NativeMemory.copyFloats(graph.vectorAddress(node), vector, vector.length);
    for (int i = count; i % SearchScratch.GROUP != 0; i++) {
      selected[i] = selected[count - 1];
    }
    for (int from = 0; from < count; from += SearchScratch.GROUP) {
      graph.distances(vector, selected, from, distances);
      float nearest =
          Math.min(Math.min(distances[0], distances[1]), Math.min(distances[2], distances[3]));
      if (nearest < distance) {
        return false;
      }
    }
    return true;
  }
}
