package dev.sagitta.engine.index.code;

/**
 * Compares one short vector with many centroids that lie transposed: number {@code i} of centroid
 * {@code c} at {@code centroids[offset + i * count + c]}, so that a vector register holds the same
 * number of neighbouring centroids. Implementations hold no state and allocate nothing.
 */
interface CentroidKernel {
  /** Which centroid has the least squared distance; of equals the first. */
  int nearest(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int offset, int count);

  /** Writes the squared distances of all centroids to {@code target[targetOffset]} and on. */
  void squaredDistances(
      float[] vector,
      int vectorOffset,
      int dimension,
      float[] centroids,
      int offset,
      int count,
      float[] target,
      int targetOffset);

  /** Writes the inner products times {@code scale} to {@code target[targetOffset]} and on. */
  void scaledProducts(
      float[] vector,
      int vectorOffset,
      int dimension,
      float[] centroids,
      int offset,
      int count,
      float scale,
      float[] target,
      int targetOffset);
}
