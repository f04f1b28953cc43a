package dev.sagitta.engine.index.cluster;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Finds centroids of points: Lloyd's algorithm ("Least squares quantization in PCM", 1982) from
 * randomly drawn points, spherical on demand (Dhillon and Modha, "Concept decompositions", 2001).
 * Where that would take too long, because clusters are many, it starts from a clustering of
 * clusters (see {@link HierarchicalStart}) and makes only as many rounds as are affordable.
 *
 * <p>Memory beyond the points is that of the centroids and two ints a point.
 */
public final class KMeans {
  /** Points that are worth looking at for each cluster; more hardly move the centroids. */
  public static final int POINTS_PER_CLUSTER = 128;

  /** Multiplications and additions of all rounds that a start from random points may cost. */
  private static final double AFFORDABLE = 0x1p39;

  /** Rounds end when fewer than this share of the points changes its cluster. */
  private static final double CHANGED_SHARE_MIN = 0.001;

  private KMeans() {}

  /**
   * Clusters the points {@code 0} to {@code pointCount - 1}.
   *
   * @param points vectors one after another, for spherical clusters best of unit length
   * @param progress asked for the number of threads and for cancellation; told nothing
   * @return at most as many centroids as wanted and as there are points
   * @throws CancellationException if progress says so
   */
  public static Centroids train(
      float[] points,
      int pointCount,
      int dimension,
      KMeansSettings settings,
      BuildProgress progress) {
    requireNonNull(settings, "settings is null");
    if (pointCount < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "no such points: pointCount=" + pointCount + " dimension=" + dimension);
    }
    Objects.checkFromIndexSize(0, Math.multiplyExact(pointCount, dimension), points.length);
    int count = Math.min(settings.clusterCount(), pointCount);
    KMeansSettings clamped = settings.withClusterCount(count);
    double roundCost = (double) pointCount * count * dimension;
    int affordable = (int) Math.min(settings.iterations(), AFFORDABLE / roundCost);
    LloydRounds rounds = new LloydRounds(points, pointCount, dimension, clamped, progress);
    if (affordable == settings.iterations()) {
      rounds.startFromPoints();
    } else {
      rounds.start(HierarchicalStart.of(points, pointCount, dimension, clamped, progress));
    }
    int changesMin = (int) (pointCount * CHANGED_SHARE_MIN);
    for (int i = 0; i < affordable; i++) {
      if (rounds.next() <= changesMin) {
        break;
      }
    }
    return rounds.centroids();
  }

  /** Assigns all points, with all threads. */
  static void assign(
      Centroids centroids, float[] points, int pointCount, int[] target, BuildProgress progress) {
    int pointsPerStep = 256;
    BuildThreads.run(
        pointCount,
        pointsPerStep,
        progress,
        () -> {
          Centroids.Assigner assigner = centroids.newAssigner();
          return (from, to) ->
              assigner.assign(points, from * centroids.dimension(), to - from, target, from);
        });
  }
}
