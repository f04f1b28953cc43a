package dev.sagitta.bench.peers;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Distances by the Vector API, four sums side by side, for libraries that have none. */
final class FloatDistances {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatDistances() {}

  static float squaredL2(float[] left, float[] right) {
    FloatVector first = FloatVector.zero(SPECIES);
    FloatVector second = first;
    FloatVector third = first;
    FloatVector fourth = first;
    int i = 0;
    for (; i <= left.length - 4 * LANES; i += 4 * LANES) {
      FloatVector a =
          FloatVector.fromArray(SPECIES, left, i).sub(FloatVector.fromArray(SPECIES, right, i));
      FloatVector b =
          FloatVector.fromArray(SPECIES, left, i + LANES)
              .sub(FloatVector.fromArray(SPECIES, right, i + LANES));
      FloatVector c =
          FloatVector.fromArray(SPECIES, left, i + 2 * LANES)
              .sub(FloatVector.fromArray(SPECIES, right, i + 2 * LANES));
      FloatVector d =
          FloatVector.fromArray(SPECIES, left, i + 3 * LANES)
              .sub(FloatVector.fromArray(SPECIES, right, i + 3 * LANES));
      first = a.fma(a, first);
      second = b.fma(b, second);
      third = c.fma(c, third);
      fourth = d.fma(d, fourth);
    }
    for (; i <= left.length - LANES; i += LANES) {
      FloatVector a =
          FloatVector.fromArray(SPECIES, left, i).sub(FloatVector.fromArray(SPECIES, right, i));
      first = a.fma(a, first);
    }
    float sum = first.add(second).add(third.add(fourth)).reduceLanes(VectorOperators.ADD);
    for (; i < left.length; i++) {
      sum += (left[i] - right[i]) * (left[i] - right[i]);
    }
    return sum;
  }

  static float oneMinusInnerProduct(float[] left, float[] right) {
    FloatVector first = FloatVector.zero(SPECIES);
    FloatVector second = first;
    FloatVector third = first;
    FloatVector fourth = first;
    int i = 0;
    for (; i <= left.length - 4 * LANES; i += 4 * LANES) {
      first =
          FloatVector.fromArray(SPECIES, left, i)
              .fma(FloatVector.fromArray(SPECIES, right, i), first);
      second =
          FloatVector.fromArray(SPECIES, left, i + LANES)
              .fma(FloatVector.fromArray(SPECIES, right, i + LANES), second);
      third =
          FloatVector.fromArray(SPECIES, left, i + 2 * LANES)
              .fma(FloatVector.fromArray(SPECIES, right, i + 2 * LANES), third);
      fourth =
          FloatVector.fromArray(SPECIES, left, i + 3 * LANES)
              .fma(FloatVector.fromArray(SPECIES, right, i + 3 * LANES), fourth);
    }
    for (; i <= left.length - LANES; i += LANES) {
      first =
          FloatVector.fromArray(SPECIES, left, i)
              .fma(FloatVector.fromArray(SPECIES, right, i), first);
    }
    float sum = first.add(second).add(third.add(fourth)).reduceLanes(VectorOperators.ADD);
    for (; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return 1 - sum;
  }
}
