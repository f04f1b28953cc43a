package dev.sagitta.engine.index.cluster;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.vector.UnitVectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Rounds of assigning points to centroids and moving centroids to the mean of their points. Each
 * mean is summed by one thread in the order of the points, so the number of threads does not show
 * in the result.
 */
final class LloydRounds {
  private static final int CLUSTERS_PER_STEP = 16;

  private final float[] points;
  private final int pointCount;
  private final int dimension;
  private final KMeansSettings settings;
  private final BuildProgress progress;
  private final SplittableRandom random;
  private final float[] means;
  private int[] previous;
  private int[] clusters;
  private Centroids centroids;

  LloydRounds(
      float[] points,
      int pointCount,
      int dimension,
      KMeansSettings settings,
      BuildProgress progress) {
    this.points = points;
    this.pointCount = pointCount;
    this.dimension = dimension;
    this.settings = settings;
    this.progress = progress;
    this.random = new SplittableRandom(settings.seed());
    this.means = new float[Math.multiplyExact(settings.clusterCount(), dimension)];
    this.previous = new int[pointCount];
    this.clusters = new int[pointCount];
    Arrays.fill(clusters, -1);
  }

  /** Starts from points drawn at random, none twice. */
  void startFromPoints() {
    int[] drawn = new int[pointCount];
    Arrays.setAll(drawn, i -> i);
    for (int cluster = 0; cluster < settings.clusterCount(); cluster++) {
      int other = cluster + random.nextInt(pointCount - cluster);
      int point = drawn[other];
      drawn[other] = drawn[cluster];
      moveTo(cluster, point);
    }
    publish();
  }

  /** Starts from centroids, as many as wanted. */
  void start(Centroids given) {
    for (int cluster = 0; cluster < settings.clusterCount(); cluster++) {
      given.copyCentroid(cluster, means, cluster * dimension);
    }
    centroids = given;
  }

  Centroids centroids() {
    return centroids;
  }

  /** One round; answers how many points changed their cluster. */
  int next() {
    int[] swap = previous;
    previous = clusters;
    clusters = swap;
    KMeans.assign(centroids, points, pointCount, clusters, progress);
    int changes = 0;
    for (int point = 0; point < pointCount; point++) {
      if (clusters[point] != previous[point]) {
        changes++;
      }
    }
    Grouping grouping = new Grouping(clusters, pointCount, settings.clusterCount());
    BuildThreads.run(
        settings.clusterCount(),
        CLUSTERS_PER_STEP,
        progress,
        () -> {
          double[] sum = new double[dimension];
          return (from, to) -> {
            for (int cluster = from; cluster < to; cluster++) {
              moveToMean(cluster, grouping, sum);
            }
          };
        });
    fillEmptyClusters(grouping);
    publish();
    return changes;
  }

  private void moveToMean(int cluster, Grouping grouping, double[] sum) {
    int size = grouping.size(cluster);
    if (size == 0) {
      return;
    }
    Arrays.fill(sum, 0);
    for (int i = 0; i < size; i++) {
      int offset = grouping.member(cluster, i) * dimension;
      for (int j = 0; j < dimension; j++) {
        sum[j] += points[offset + j];
      }
    }
    int target = cluster * dimension;
    for (int j = 0; j < dimension; j++) {
      means[target + j] = (float) (sum[j] / size);
    }
    normalizeIfSpherical(cluster);
  }

  /** An empty cluster goes to a point of the largest one, which so is split. */
  private void fillEmptyClusters(Grouping grouping) {
    PriorityQueue<Share> largest =
        new PriorityQueue<>(
            Comparator.comparingInt(Share::size).reversed().thenComparingInt(Share::cluster));
    for (int cluster = 0; cluster < settings.clusterCount(); cluster++) {
      if (grouping.size(cluster) > 1) {
        largest.add(new Share(cluster, grouping.size(cluster)));
      }
    }
    for (int cluster = 0; cluster < settings.clusterCount(); cluster++) {
      if (grouping.size(cluster) == 0 && !largest.isEmpty()) {
        Share split = largest.remove();
        int size = grouping.size(split.cluster);
        moveTo(cluster, grouping.member(split.cluster, random.nextInt(size)));
        largest.add(new Share(split.cluster, split.size / 2));
      }
    }
  }

  /** A cluster and what is left of it after splits. */
  private record Share(int cluster, int size) {}

  private void moveTo(int cluster, int point) {
    System.arraycopy(points, point * dimension, means, cluster * dimension, dimension);
    normalizeIfSpherical(cluster);
  }

  private void normalizeIfSpherical(int cluster) {
    if (settings.spherical()) {
      int offset = cluster * dimension;
      UnitVectors.normalize(means, offset, means, offset, dimension);
    }
  }

  private void publish() {
    centroids = new Centroids(means, settings.clusterCount(), dimension, settings.spherical());
  }
}
