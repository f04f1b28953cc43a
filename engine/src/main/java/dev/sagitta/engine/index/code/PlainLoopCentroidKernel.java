package dev.sagitta.engine.index.code;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class PlainLoopCentroidKernel implements CentroidKernel {
  @Override
  public int nearest(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int offset, int count) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int c = 0; c < count; c++) {
      float distance =
          squaredDistance(vector, vectorOffset, dimension, centroids, offset + c, count);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  @Override
  public void squaredDistances(
      float[] vector,
      int vectorOffset,
      int dimension,
      float[] centroids,
      int offset,
      int count,
      float[] target,
      int targetOffset) {
    for (int c = 0; c < count; c++) {
      target[targetOffset + c] =
          squaredDistance(vector, vectorOffset, dimension, centroids, offset + c, count);
    }
  }

  @Override
  public void scaledProducts(
      float[] vector,
      int vectorOffset,
      int dimension,
      float[] centroids,
      int offset,
      int count,
      float scale,
      float[] target,
      int targetOffset) {
    for (int c = 0; c < count; c++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        sum += vector[vectorOffset + i] * centroids[offset + i * count + c];
      }
      target[targetOffset + c] = sum * scale;
    }
  }

  private static float squaredDistance(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int first, int stride) {
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      float difference = vector[vectorOffset + i] - centroids[first + i * stride];
      sum += difference * difference;
    }
    return sum;
  }
}
