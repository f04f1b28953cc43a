package dev.sagitta.engine.index.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation, a centroid a lane; the last lanes are masked. The loops are written
 * out in each method, since vectors that pass through small helper methods can end up allocated on
 * the heap.
 */
final class SimdCentroidKernel implements CentroidKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final int LANES = FLOATS.length();
  private static final IntVector NUMBERS = IntVector.zero(INTS).addIndex(1);

  @Override
  public int nearest(
      float[] vector, int vectorOffset, int dimension, float[] centroids, int offset, int count) {
    FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    IntVector nearest = IntVector.zero(INTS);
    for (int c = 0; c < count; c += LANES) {
      VectorMask<Float> inside = FLOATS.indexInRange(c, count);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        FloatVector difference =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c, inside)
                .sub(vector[vectorOffset + i]);
        sum = difference.fma(difference, sum);
      }
      VectorMask<Float> nearer = sum.compare(VectorOperators.LT, least).and(inside);
      least = least.blend(sum, nearer);
      nearest = nearest.blend(NUMBERS.add(c), nearer.cast(INTS));
    }
    float distance = least.reduceLanes(VectorOperators.MIN);
    VectorMask<Integer> equal = least.compare(VectorOperators.EQ, distance).cast(INTS);
    return nearest.reduceLanes(VectorOperators.MIN, equal);
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
    for (int c = 0; c < count; c += LANES) {
      VectorMask<Float> inside = FLOATS.indexInRange(c, count);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        FloatVector difference =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c, inside)
                .sub(vector[vectorOffset + i]);
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(target, targetOffset + c, inside);
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
    for (int c = 0; c < count; c += LANES) {
      VectorMask<Float> inside = FLOATS.indexInRange(c, count);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < dimension; i++) {
        sum =
            FloatVector.fromArray(FLOATS, centroids, offset + i * count + c, inside)
                .fma(FloatVector.broadcast(FLOATS, vector[vectorOffset + i]), sum);
      }
      sum.mul(scale).intoArray(target, targetOffset + c, inside);
    }
  }
}
