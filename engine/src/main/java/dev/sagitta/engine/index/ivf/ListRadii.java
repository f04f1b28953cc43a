package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.cluster.Centroids;

/** How far the rows of each list are from its centroid, so that searches can rule out lists. */
final class ListRadii {
  /** Distances are sums of rounded floats; a radius must not be too small. */
  private static final double ROUNDING = 1.0001;

  private ListRadii() {}

  static float[] of(
      PackedVectorColumn vectors,
      CoarseSpace space,
      Centroids centroids,
      ListedRows listed,
      BuildProgress progress) {
    int dimension = vectors.dimension();
    float[] radii = new float[listed.listCount()];
    BuildThreads.run(
        listed.listCount(),
        1,
        progress,
        () -> {
          float[] centroid = new float[dimension];
          float[] vector = new float[dimension];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              centroids.copyCentroid(list, centroid, 0);
              double largest = 0;
              for (int i = listed.starts()[list]; i < listed.starts()[list + 1]; i++) {
                if (listed.rows()[i] >= 0) {
                  space.read(vectors, listed.rows()[i], vector, 0);
                  largest = Math.max(largest, squaredDistance(centroid, vector));
                }
              }
              radii[list] = (float) (Math.sqrt(largest) * ROUNDING);
            }
          };
        });
    return radii;
  }

  private static double squaredDistance(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = left[i] - right[i];
      sum += difference * difference;
    }
    return sum;
  }
}
