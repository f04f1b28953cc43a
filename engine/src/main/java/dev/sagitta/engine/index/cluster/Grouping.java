package dev.sagitta.engine.index.cluster;

import java.util.Arrays;

/** Points sorted by their cluster, in the order of their numbers within one. */
final class Grouping {
  private final int[] starts;
  private final int[] points;

  /**
   * @param clusters cluster of each point
   */
  Grouping(int[] clusters, int pointCount, int clusterCount) {
    this.starts = new int[clusterCount + 1];
    this.points = new int[pointCount];
    for (int point = 0; point < pointCount; point++) {
      starts[clusters[point] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, clusterCount);
    for (int point = 0; point < pointCount; point++) {
      points[next[clusters[point]]++] = point;
    }
  }

  int size(int cluster) {
    return starts[cluster + 1] - starts[cluster];
  }

  /** Number of the cluster's member at the position. */
  int member(int cluster, int position) {
    return points[starts[cluster] + position];
  }
}
