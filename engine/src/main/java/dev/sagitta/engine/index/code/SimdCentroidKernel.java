package dev.sagitta.engine.index.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation, a centroid a lane; what is left over is for the plain loops. No vector
 * and no mask lives longer than one turn of the loop over the centroids, and the loops are written
 * out in each method: otherwise the compiler can put them on the heap.
 */
final class SimdCentroidKernel implements CentroidKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  @Override
  public int nearest(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int offset, int count) {
    float least = Float.POSITIVE_INFINITY;
    int nearest = 0;
    int c = 0;
    // Two vectors share one search for the least lane, which costs as much as some dimensions.
    for (; c <= count - 2 * LANES; c += 2 * LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        int at = offset + i * count + c;
        FloatVector number = FloatVector.broadcast(FLOATS, vector[vectorOffset + i]);
        FloatVector difference0 = FloatVector.fromArray(FLOATS, centroids, at).sub(number);
        sum0 = difference0.fma(difference0, sum0);
        FloatVector difference1 = FloatVector.fromArray(FLOATS, centroids, at + LANES).sub(number);
        sum1 = difference1.fma(difference1, sum1);
      }
      int bits =
          sum0.reinterpretAsInts().min(sum1.reinterpretAsInts()).reduceLanes(VectorOperators.MIN);
      float distance = Float.intBitsToFloat(bits);
      if (distance < least) {
        least = distance;
        int lane = sum0.compare(VectorOperators.EQ, distance).firstTrue();
        nearest =
            lane < LANES
                ? c + lane
                : c + LANES + sum1.compare(VectorOperators.EQ, distance).firstTrue();
      }
    }
    for (; c <= count - LANES; c += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        FloatVector difference =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c)
                .sub(vector[vectorOffset + i]);
        sum = difference.fma(difference, sum);
      }
      // Squares are not negative: their bits order them, and integers have a quicker least.
      int bits = sum.reinterpretAsInts().reduceLanes(VectorOperators.MIN);
      float distance = Float.intBitsToFloat(bits);
      if (distance < least) {
        least = distance;
        nearest = c + sum.compare(VectorOperators.EQ, distance).firstTrue();
      }
    }
    for (; c < count; c++) {
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
    int c = 0;
    for (; c <= count - LANES; c += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        FloatVector difference =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c)
                .sub(vector[vectorOffset + i]);
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(target, targetOffset + c);
    }
    for (; c < count; c++) {
      target[targetOffset + c] =
          squaredDistance(vector, vectorOffset, dimension, centroids, offset + c, count);
    }
  }

  private static float squaredDistance(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int at, int count) {
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      float difference = centroids[at + i * count] - vector[vectorOffset + i];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
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
    int c = 0;
    for (; c <= count - LANES; c += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        sum =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c)
                .fma(FloatVector.broadcast(FLOATS, vector[vectorOffset + i]), sum);
      }
      sum.mul(scale).intoArray(target, targetOffset + c);
    }
    for (; c < count; c++) {
      float sum = 0;
      for (int i = 0; i < dimension; i++) {
        sum = Math.fma(centroids[offset + i * count + c], vector[vectorOffset + i], sum);
      }
      target[targetOffset + c] = scale * sum;
    }
  }
}
