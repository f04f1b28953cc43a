package dev.sagitta.engine.index.compact;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation without branches that depend on where exactly the number belongs: a
 * walk inserts at random places, and a binary search mispredicts half of its branches. In the block
 * where the number belongs, each element becomes the greater of its predecessor and of the lesser
 * of itself and the number; blocks behind move by one.
 */
final class SimdInsertionKernel implements InsertionKernel {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();

  @Override
  public int insert(long[] numbers, int end, long number) {
    int block = end - LANES;
    while (numbers[block - 1] >= number) {
      block -= LANES;
    }
    LongVector old = LongVector.fromArray(LONGS, numbers, block);
    VectorMask<Long> equal = old.and(~1L).compare(VectorOperators.EQ, number);
    if (equal.anyTrue()) {
      return -1;
    }
    int position = block + old.compare(VectorOperators.LT, number).trueCount();
    for (int at = end - LANES; at > block; at -= LANES) {
      LongVector.fromArray(LONGS, numbers, at - 1).intoArray(numbers, at);
    }
    LongVector.fromArray(LONGS, numbers, block - 1).max(old.min(number)).intoArray(numbers, block);
    return position;
  }
}
