package dev.sagitta.engine.vector;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Long rows of float in four streams: the rows are cut into four runs, and a row of each is
 * compared at a time. One stream of addresses keeps too few lines under way to fill the memory's
 * bandwidth; four that lie far apart do, and they share the loads of the query. Short rows and
 * those that four runs leave over are compared by another kernel. The loops are written out in each
 * method, as in {@link SimdFloatScanKernel}.
 */
final class SimdStreamedFloatScanKernel implements ScanKernel {
  /** Runs of shorter rows lie too close together: four streams were slower at 100 numbers. */
  static final int DIMENSION_MIN = 256;

  private static final int STREAMS = 4;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** A window that begins at n has all bits of its last n lanes, which no loop has counted yet. */
  private static final int[] FRESH = fresh();

  private final ScanKernel rowByRow;

  SimdStreamedFloatScanKernel(ScanKernel rowByRow) {
    this.rowByRow = requireNonNull(rowByRow, "rowByRow is null");
  }

  private static int[] fresh() {
    int[] bits = new int[2 * LANES];
    Arrays.fill(bits, LANES, 2 * LANES, -1);
    return bits;
  }

  @Override
  public String name() {
    return rowByRow.name();
  }

  @Override
  public void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    int each = dimension < DIMENSION_MIN ? 0 : count / STREAMS;
    int before = count - STREAMS * each;
    rowByRow.squaredDistances(query, queryOffset, rows, firstOffset, before, dimension, scores);
    int last = dimension - LANES;
    int tail = dimension % LANES;
    IntVector fresh = IntVector.fromArray(INTS, FRESH, tail);
    long rowBytes = 4L * dimension;
    long offset0 = firstOffset + before * rowBytes;
    long offset1 = offset0 + each * rowBytes;
    long offset2 = offset1 + each * rowBytes;
    long offset3 = offset2 + each * rowBytes;
    for (int row = before; row < before + each; row++) {
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector more0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      FloatVector more1 = FloatVector.zero(SPECIES);
      FloatVector sum2 = FloatVector.zero(SPECIES);
      FloatVector more2 = FloatVector.zero(SPECIES);
      FloatVector sum3 = FloatVector.zero(SPECIES);
      FloatVector more3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= dimension - 2 * LANES; i += 2 * LANES) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + i);
        FloatVector query1 = FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES);
        FloatVector left0 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * i, ORDER));
        FloatVector right0 =
            query1.sub(
                FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * (i + LANES), ORDER));
        sum0 = left0.fma(left0, sum0);
        more0 = right0.fma(right0, more0);
        FloatVector left1 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * i, ORDER));
        FloatVector right1 =
            query1.sub(
                FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * (i + LANES), ORDER));
        sum1 = left1.fma(left1, sum1);
        more1 = right1.fma(right1, more1);
        FloatVector left2 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * i, ORDER));
        FloatVector right2 =
            query1.sub(
                FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * (i + LANES), ORDER));
        sum2 = left2.fma(left2, sum2);
        more2 = right2.fma(right2, more2);
        FloatVector left3 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * i, ORDER));
        FloatVector right3 =
            query1.sub(
                FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * (i + LANES), ORDER));
        sum3 = left3.fma(left3, sum3);
        more3 = right3.fma(right3, more3);
      }
      if (i <= last) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + i);
        FloatVector left0 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * i, ORDER));
        sum0 = left0.fma(left0, sum0);
        FloatVector left1 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * i, ORDER));
        sum1 = left1.fma(left1, sum1);
        FloatVector left2 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * i, ORDER));
        sum2 = left2.fma(left2, sum2);
        FloatVector left3 =
            query0.sub(FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * i, ORDER));
        sum3 = left3.fma(left3, sum3);
      }
      if (tail > 0) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + last);
        FloatVector left0 =
            query0
                .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * last, ORDER))
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        more0 = left0.fma(left0, more0);
        FloatVector left1 =
            query0
                .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * last, ORDER))
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        more1 = left1.fma(left1, more1);
        FloatVector left2 =
            query0
                .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * last, ORDER))
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        more2 = left2.fma(left2, more2);
        FloatVector left3 =
            query0
                .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * last, ORDER))
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        more3 = left3.fma(left3, more3);
      }
      scores[row] = sum0.add(more0).reduceLanes(VectorOperators.ADD);
      scores[row + each] = sum1.add(more1).reduceLanes(VectorOperators.ADD);
      scores[row + 2 * each] = sum2.add(more2).reduceLanes(VectorOperators.ADD);
      scores[row + 3 * each] = sum3.add(more3).reduceLanes(VectorOperators.ADD);
      offset0 += rowBytes;
      offset1 += rowBytes;
      offset2 += rowBytes;
      offset3 += rowBytes;
    }
  }

  @Override
  public void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    int each = dimension < DIMENSION_MIN ? 0 : count / STREAMS;
    int before = count - STREAMS * each;
    rowByRow.innerProducts(query, queryOffset, rows, firstOffset, before, dimension, scores);
    int last = dimension - LANES;
    int tail = dimension % LANES;
    IntVector fresh = IntVector.fromArray(INTS, FRESH, tail);
    long rowBytes = 4L * dimension;
    long offset0 = firstOffset + before * rowBytes;
    long offset1 = offset0 + each * rowBytes;
    long offset2 = offset1 + each * rowBytes;
    long offset3 = offset2 + each * rowBytes;
    for (int row = before; row < before + each; row++) {
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector more0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      FloatVector more1 = FloatVector.zero(SPECIES);
      FloatVector sum2 = FloatVector.zero(SPECIES);
      FloatVector more2 = FloatVector.zero(SPECIES);
      FloatVector sum3 = FloatVector.zero(SPECIES);
      FloatVector more3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= dimension - 2 * LANES; i += 2 * LANES) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + i);
        FloatVector query1 = FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES);
        sum0 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * i, ORDER), sum0);
        more0 =
            query1.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * (i + LANES), ORDER),
                more0);
        sum1 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * i, ORDER), sum1);
        more1 =
            query1.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * (i + LANES), ORDER),
                more1);
        sum2 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * i, ORDER), sum2);
        more2 =
            query1.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * (i + LANES), ORDER),
                more2);
        sum3 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * i, ORDER), sum3);
        more3 =
            query1.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * (i + LANES), ORDER),
                more3);
      }
      if (i <= last) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + i);
        sum0 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * i, ORDER), sum0);
        sum1 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * i, ORDER), sum1);
        sum2 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * i, ORDER), sum2);
        sum3 =
            query0.fma(FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * i, ORDER), sum3);
      }
      if (tail > 0) {
        FloatVector query0 =
            FloatVector.fromArray(SPECIES, query, queryOffset + last)
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        more0 =
            query0.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * last, ORDER), more0);
        more1 =
            query0.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * last, ORDER), more1);
        more2 =
            query0.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * last, ORDER), more2);
        more3 =
            query0.fma(
                FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * last, ORDER), more3);
      }
      scores[row] = sum0.add(more0).reduceLanes(VectorOperators.ADD);
      scores[row + each] = sum1.add(more1).reduceLanes(VectorOperators.ADD);
      scores[row + 2 * each] = sum2.add(more2).reduceLanes(VectorOperators.ADD);
      scores[row + 3 * each] = sum3.add(more3).reduceLanes(VectorOperators.ADD);
      offset0 += rowBytes;
      offset1 += rowBytes;
      offset2 += rowBytes;
      offset3 += rowBytes;
    }
  }

  @Override
  public void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    int each = dimension < DIMENSION_MIN ? 0 : count / STREAMS;
    int before = count - STREAMS * each;
    rowByRow.normalizedInnerProducts(
        query, queryOffset, rows, firstOffset, before, dimension, scores);
    int last = dimension - LANES;
    int tail = dimension % LANES;
    IntVector fresh = IntVector.fromArray(INTS, FRESH, tail);
    long rowBytes = 4L * dimension;
    long offset0 = firstOffset + before * rowBytes;
    long offset1 = offset0 + each * rowBytes;
    long offset2 = offset1 + each * rowBytes;
    long offset3 = offset2 + each * rowBytes;
    for (int row = before; row < before + each; row++) {
      FloatVector product0 = FloatVector.zero(SPECIES);
      FloatVector square0 = FloatVector.zero(SPECIES);
      FloatVector product1 = FloatVector.zero(SPECIES);
      FloatVector square1 = FloatVector.zero(SPECIES);
      FloatVector product2 = FloatVector.zero(SPECIES);
      FloatVector square2 = FloatVector.zero(SPECIES);
      FloatVector product3 = FloatVector.zero(SPECIES);
      FloatVector square3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= last; i += LANES) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + i);
        FloatVector part0 = FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * i, ORDER);
        product0 = query0.fma(part0, product0);
        square0 = part0.fma(part0, square0);
        FloatVector part1 = FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * i, ORDER);
        product1 = query0.fma(part1, product1);
        square1 = part1.fma(part1, square1);
        FloatVector part2 = FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * i, ORDER);
        product2 = query0.fma(part2, product2);
        square2 = part2.fma(part2, square2);
        FloatVector part3 = FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * i, ORDER);
        product3 = query0.fma(part3, product3);
        square3 = part3.fma(part3, square3);
      }
      if (tail > 0) {
        FloatVector query0 = FloatVector.fromArray(SPECIES, query, queryOffset + last);
        FloatVector part0 =
            FloatVector.fromMemorySegment(SPECIES, rows, offset0 + 4L * last, ORDER)
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        product0 = query0.fma(part0, product0);
        square0 = part0.fma(part0, square0);
        FloatVector part1 =
            FloatVector.fromMemorySegment(SPECIES, rows, offset1 + 4L * last, ORDER)
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        product1 = query0.fma(part1, product1);
        square1 = part1.fma(part1, square1);
        FloatVector part2 =
            FloatVector.fromMemorySegment(SPECIES, rows, offset2 + 4L * last, ORDER)
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        product2 = query0.fma(part2, product2);
        square2 = part2.fma(part2, square2);
        FloatVector part3 =
            FloatVector.fromMemorySegment(SPECIES, rows, offset3 + 4L * last, ORDER)
                .reinterpretAsInts()
                .and(fresh)
                .reinterpretAsFloats();
        product3 = query0.fma(part3, product3);
        square3 = part3.fma(part3, square3);
      }
      scores[row] =
          UnitVectors.cosine(
              product0.reduceLanes(VectorOperators.ADD), square0.reduceLanes(VectorOperators.ADD));
      scores[row + each] =
          UnitVectors.cosine(
              product1.reduceLanes(VectorOperators.ADD), square1.reduceLanes(VectorOperators.ADD));
      scores[row + 2 * each] =
          UnitVectors.cosine(
              product2.reduceLanes(VectorOperators.ADD), square2.reduceLanes(VectorOperators.ADD));
      scores[row + 3 * each] =
          UnitVectors.cosine(
              product3.reduceLanes(VectorOperators.ADD), square3.reduceLanes(VectorOperators.ADD));
      offset0 += rowBytes;
      offset1 += rowBytes;
      offset2 += rowBytes;
      offset3 += rowBytes;
    }
  }
}
