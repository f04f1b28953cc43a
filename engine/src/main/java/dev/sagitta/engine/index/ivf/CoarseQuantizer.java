package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** Compares a query with all centroids, exactly. */
final class CoarseQuantizer {
  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final IvfLists lists;
  private final CoarseSpace space;
  private final int dimension;

  CoarseQuantizer(IvfLists lists) {
    this.lists = lists;
    this.space = CoarseSpace.of(lists.metric());
    this.dimension = lists.dimension();
  }

  CoarseSpace space() {
    return space;
  }

  /** Distances of all centroids: squared Euclidean ones or negated inner products. */
  void distances(float[] query, float[] four, float[] target) {
    MemorySegment centroids = lists.centroids();
    long bytes = 4L * dimension;
    int count = lists.listCount();
    int list = 0;
    for (; list <= count - 4; list += 4) {
      long offset = list * bytes;
      if (space.spherical()) {
        KERNEL.innerProducts(
            query,
            0,
            centroids,
            offset,
            offset + bytes,
            offset + 2 * bytes,
            offset + 3 * bytes,
            dimension,
            four);
        for (int i = 0; i < 4; i++) {
          target[list + i] = -four[i];
        }
      } else {
        KERNEL.squaredDistances(
            query,
            0,
            centroids,
            offset,
            offset + bytes,
            offset + 2 * bytes,
            offset + 3 * bytes,
            dimension,
            four);
        System.arraycopy(four, 0, target, list, 4);
      }
    }
    for (; list < count; list++) {
      target[list] =
          space.spherical()
              ? -KERNEL.innerProduct(query, 0, centroids, list * bytes, dimension)
              : KERNEL.squaredDistance(query, 0, centroids, list * bytes, dimension);
    }
  }

  /**
   * A distance below which no row of the list is, or negative infinity where nothing is known: the
   * list's rows lie in a ball around its centroid.
   *
   * @param queryNorm Euclidean norm of the query
   */
  float leastDistance(int list, float coarseDistance, float queryNorm) {
    float radius = lists.radius(list);
    return switch (lists.metric()) {
      case L2, HAMMING -> {
        float gap = (float) Math.sqrt(coarseDistance) * (1 - 1e-5f) - radius;
        yield gap > 0 ? gap * gap : Float.NEGATIVE_INFINITY;
      }
      case IP, COSINE -> coarseDistance - queryNorm * radius * (1 + 1e-5f) - 1e-5f * queryNorm;
      default -> Float.NEGATIVE_INFINITY;
    };
  }
}
