package dev.sagitta.engine.index.code;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for vectors of 64 bytes: a table of a part is one vector. Squares are
 * not negative, so that their bits order them, and integers have a quicker least than floats.
 */
final class SimdTableKernel implements TableKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final int LANES = FLOATS.length();
  private static final int ENTRY_MAX = 255;

  @Override
  public float squaredDistances(
      float[] rotated, float[] centroids, int parts, int partDimension, float[] target) {
    for (int part = 0; part < parts; part++) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = part * partDimension; i < (part + 1) * partDimension; i++) {
        FloatVector difference =
            FloatVector.fromArray(FLOATS, centroids, i * LANES).sub(rotated[i]);
        sum = difference.fma(difference, sum);
      }
      int least = sum.reinterpretAsInts().reduceLanes(VectorOperators.MIN);
      sum.sub(Float.intBitsToFloat(least)).intoArray(target, part * LANES);
    }
    // Apart from the loop above, since vectors that an outer loop carries can end on the heap.
    IntVector widest = IntVector.zero(IntVector.SPECIES_512);
    for (int i = 0; i < parts * LANES; i += LANES) {
      widest = widest.max(FloatVector.fromArray(FLOATS, target, i).reinterpretAsInts());
    }
    return Float.intBitsToFloat(widest.reduceLanes(VectorOperators.MAX));
  }

  @Override
  public void toBytes(float[] values, float scale, int count, byte[] target) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int i = 0; i < count; i += LANES) {
      IntVector entries =
          (IntVector)
              FloatVector.fromArray(FLOATS, values, i)
                  .fma(FloatVector.broadcast(FLOATS, scale), half)
                  .min(ENTRY_MAX)
                  .convert(VectorOperators.F2I, 0);
      ((ByteVector) entries.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(target, i);
    }
  }
}
