package dev.sagitta.engine.index.cluster;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Many centroids at the cost of few: points are clustered into about the square root of the wanted
 * number of clusters, and each of those into a share of the wanted number that is proportional to
 * its points (hierarchical k-means, Nister and Stewenius, "Scalable recognition with a vocabulary
 * tree", 2006, with two levels).
 */
final class HierarchicalStart {
  private HierarchicalStart() {}

  static Centroids of(
      float[] points,
      int pointCount,
      int dimension,
      KMeansSettings settings,
      BuildProgress progress) {
    int wanted = settings.clusterCount();
    int groupCount = (int) Math.ceil(Math.sqrt(wanted));
    Centroids groups =
        KMeans.train(
            points,
            Math.min(pointCount, groupCount * KMeans.POINTS_PER_CLUSTER),
            dimension,
            settings.withClusterCount(groupCount),
            progress);
    int[] groupOfPoint = new int[pointCount];
    KMeans.assign(groups, points, pointCount, groupOfPoint, progress);
    Grouping grouping = new Grouping(groupOfPoint, pointCount, groups.count());
    int[] shares = shares(grouping, groups.count(), pointCount, wanted);
    int[] starts = new int[groups.count()];
    for (int group = 1; group < starts.length; group++) {
      starts[group] = starts[group - 1] + shares[group - 1];
    }
    float[] centroids = new float[Math.multiplyExact(wanted, dimension)];
    BuildThreads.run(
        groups.count(),
        1,
        progress,
        () ->
            (from, to) -> {
              for (int group = from; group < to; group++) {
                if (shares[group] > 0) {
                  KMeansSettings own =
                      settings.withClusterCount(shares[group]).withSeed(settings.seed() + group);
                  Centroids parts = split(points, dimension, grouping, group, own, progress);
                  for (int i = 0; i < parts.count(); i++) {
                    parts.copyCentroid(i, centroids, (starts[group] + i) * dimension);
                  }
                }
              }
            });
    return new Centroids(centroids, wanted, dimension, settings.spherical());
  }

  private static Centroids split(
      float[] points,
      int dimension,
      Grouping grouping,
      int group,
      KMeansSettings settings,
      BuildProgress progress) {
    int size = grouping.size(group);
    float[] members = new float[Math.multiplyExact(size, dimension)];
    for (int i = 0; i < size; i++) {
      int source = grouping.member(group, i) * dimension;
      System.arraycopy(points, source, members, i * dimension, dimension);
    }
    return KMeans.train(members, size, dimension, settings, new OneThread(progress));
  }

  /** Shares that add up to {@code wanted}, none larger than its group: largest remainders. */
  private static int[] shares(Grouping grouping, int groupCount, int pointCount, int wanted) {
    int[] shares = new int[groupCount];
    double[] remainders = new double[groupCount];
    int left = wanted;
    for (int group = 0; group < groupCount; group++) {
      double exact = (double) grouping.size(group) * wanted / pointCount;
      shares[group] = Math.min(grouping.size(group), (int) exact);
      remainders[group] = exact - shares[group];
      left -= shares[group];
    }
    int[] order =
        IntStream.range(0, groupCount)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer group) -> -remainders[group]))
            .mapToInt(Integer::intValue)
            .toArray();
    while (left > 0) {
      for (int group : order) {
        if (left > 0 && shares[group] < grouping.size(group)) {
          shares[group]++;
          left--;
        }
      }
    }
    return shares;
  }

  /** The threads work on different groups already. */
  private record OneThread(BuildProgress whole) implements BuildProgress {
    @Override
    public void rowsIndexed(int rows) {
      whole.rowsIndexed(rows);
    }

    @Override
    public boolean cancelled() {
      return whole.cancelled();
    }

    @Override
    public int parallelism() {
      return 1;
    }
  }
}
