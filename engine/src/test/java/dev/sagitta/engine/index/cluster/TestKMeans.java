package dev.sagitta.engine.index.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestKMeans {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 31, 100, 257})
  void testKernelsGiveEqualBits(int dimension) {
    ClusterKernel simd = ClusterKernels.preferred();
    assertThat(simd).isNotSameAs(ClusterKernels.scalar());
    int panelCount = 1 + random.nextInt(5);
    float[] points = gaussians(4 * dimension + 3);
    float[] panels = gaussians(panelCount * ClusterKernel.PANEL * dimension);
    float[] biases = gaussians(panelCount * ClusterKernel.PANEL);
    float[][] affinities = new float[2][4 * ClusterKernel.PANEL];
    float[][] numbers = new float[2][4 * ClusterKernel.PANEL];
    ClusterKernel[] kernels = {ClusterKernels.scalar(), simd};
    for (int i = 0; i < 2; i++) {
      Arrays.fill(affinities[i], Float.NEGATIVE_INFINITY);
      kernels[i].nearest(
          points,
          0,
          dimension + 1,
          2 * dimension + 2,
          3 * dimension + 3,
          dimension,
          panels,
          biases,
          0,
          panelCount,
          affinities[i],
          numbers[i]);
    }
    assertThat(affinities[1]).as("seed=%d", seed).isEqualTo(affinities[0]);
    assertThat(numbers[1]).as("seed=%d", seed).isEqualTo(numbers[0]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void testAssignsToNearest(boolean spherical) {
    int dimension = 1 + random.nextInt(40);
    int count = 1 + random.nextInt(300);
    int pointCount = 1 + random.nextInt(200);
    float[] vectors = gaussians(count * dimension);
    float[] points = gaussians(pointCount * dimension);
    Centroids centroids = new Centroids(vectors, count, dimension, spherical);
    int[] assigned = new int[pointCount];
    centroids.newAssigner().assign(points, 0, pointCount, assigned, 0);
    for (int point = 0; point < pointCount; point++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int centroid = 0; centroid < count; centroid++) {
        best = Math.max(best, affinity(points, point, vectors, centroid, dimension, spherical));
      }
      assertThat(affinity(points, point, vectors, assigned[point], dimension, spherical))
          .as("point=%d seed=%d", point, seed)
          .isCloseTo(best, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 700})
  void testEqualWithAnyNumberOfThreads(int clusterCount) {
    int dimension = 9;
    float[] points = flat(new ClusteredVectors(random, 3000, dimension).draw(3000));
    KMeansSettings settings = new KMeansSettings(clusterCount, false, 8, 42);
    Centroids one = KMeans.train(points, 3000, dimension, settings, threads(1));
    Centroids three = KMeans.train(points, 3000, dimension, settings, threads(3));
    assertThat(three.count()).isEqualTo(clusterCount);
    assertThat(numbers(three)).as("seed=%d", seed).isEqualTo(numbers(one));
  }

  @Test
  void testFindsSeparatedClusters() {
    int dimension = 12;
    int clusters = 40;
    float[] centres = gaussians(clusters * dimension);
    float[] points = new float[4000 * dimension];
    for (int i = 0; i < points.length; i++) {
      int point = i / dimension;
      points[i] =
          10 * centres[point % clusters * dimension + i % dimension]
              + 0.01f * (float) random.nextGaussian();
    }
    double loss = loss(points, 4000, dimension, new KMeansSettings(4 * clusters, false, 20, 1));
    assertThat(loss).as("seed=%d", seed).isLessThan(0.01);
  }

  @Test
  void testHierarchicalStartIsAlmostAsGood() {
    int dimension = 10;
    int count = 20_000;
    float[] points = flat(new ClusteredVectors(random, count, dimension).draw(count));
    KMeansSettings settings = new KMeansSettings(300, false, 10, 7);
    Centroids start = HierarchicalStart.of(points, count, dimension, settings, threads(2));
    assertThat(start.count()).isEqualTo(300);
    double hierarchical = loss(points, count, start);
    double plain = loss(points, count, dimension, settings);
    assertThat(hierarchical).as("seed=%d", seed).isLessThan(1.3 * plain);
  }

  @Test
  void testFewerPointsThanClusters() {
    float[] points = gaussians(5 * 3);
    Centroids centroids =
        KMeans.train(points, 5, 3, new KMeansSettings(100, false, 10, 1), BuildProgress.NONE);
    assertThat(centroids.count()).isEqualTo(5);
    assertThat(loss(points, 5, centroids)).isZero();
  }

  @Test
  void testOnlyDuplicates() {
    float[] points = new float[500 * 3];
    Arrays.fill(points, 2.5f);
    Centroids centroids =
        KMeans.train(points, 500, 3, new KMeansSettings(20, true, 10, 1), BuildProgress.NONE);
    assertThat(centroids.count()).isEqualTo(20);
    for (float number : numbers(centroids)) {
      assertThat(number).isCloseTo((float) (1 / Math.sqrt(3)), within(1e-6f));
    }
  }

  @Test
  void testCancelledTrainingStops() {
    BuildProgress cancelled =
        new BuildProgress() {
          @Override
          public void rowsIndexed(int rows) {}

          @Override
          public boolean cancelled() {
            return true;
          }

          @Override
          public int parallelism() {
            return 2;
          }
        };
    KMeansSettings settings = new KMeansSettings(10, false, 10, 1);
    assertThatThrownBy(() -> KMeans.train(gaussians(3000), 1000, 3, settings, cancelled))
        .isInstanceOf(CancellationException.class);
  }

  /** Vectors that escape to the heap would cost kilobytes a point; only compiled code counts. */
  @Tag(TestGroups.ALLOCATION)
  @Test
  void testAssigningDoesNotAllocate() {
    int dimension = 24;
    Centroids.Assigner assigner =
        new Centroids(gaussians(500 * dimension), 500, dimension, false).newAssigner();
    float[] points = gaussians(1000 * dimension);
    int[] target = new int[1000];
    long allocated =
        AllocatedBytes.untilAtMost(
            256,
            () -> {
              for (int i = 0; i < 10; i++) {
                assigner.assign(points, 0, 1000, target, 0);
              }
            });
    assertThat(allocated).isLessThanOrEqualTo(256);
  }

  private double loss(float[] points, int count, int dimension, KMeansSettings settings) {
    return loss(points, count, KMeans.train(points, count, dimension, settings, threads(2)));
  }

  /** Mean squared distance to the nearest centroid. */
  private static double loss(float[] points, int count, Centroids centroids) {
    int dimension = centroids.dimension();
    int[] assigned = new int[count];
    centroids.newAssigner().assign(points, 0, count, assigned, 0);
    float[] centroid = new float[dimension];
    double sum = 0;
    for (int point = 0; point < count; point++) {
      centroids.copyCentroid(assigned[point], centroid, 0);
      for (int i = 0; i < dimension; i++) {
        double difference = points[point * dimension + i] - centroid[i];
        sum += difference * difference;
      }
    }
    return sum / count;
  }

  private static double affinity(
      float[] points, int point, float[] vectors, int centroid, int dimension, boolean spherical) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double value = vectors[centroid * dimension + i];
      sum += value * points[point * dimension + i] - (spherical ? 0 : value * value / 2);
    }
    return sum;
  }

  private static float[] numbers(Centroids centroids) {
    float[] numbers = new float[centroids.count() * centroids.dimension()];
    for (int i = 0; i < centroids.count(); i++) {
      centroids.copyCentroid(i, numbers, i * centroids.dimension());
    }
    return numbers;
  }

  private float[] gaussians(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] flat(float[][] rows) {
    int dimension = rows[0].length;
    float[] flat = new float[rows.length * dimension];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * dimension, dimension);
    }
    return flat;
  }

  private static BuildProgress threads(int count) {
    return new BuildProgress() {
      @Override
      public void rowsIndexed(int rows) {}

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public int parallelism() {
        return count;
      }
    };
  }
}
