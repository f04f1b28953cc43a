package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation. One vector of integers holds two neighbouring numbers a lane: shifted
 * up it is the even ones, masked the odd ones. An arranged query has, for each two vectors of
 * numbers, a vector of the even ones, one of the odd ones, and two of weights, -1 each. The last
 * two vectors may overlap those before; numbers that were counted there are zeros with weight 0.
 *
 * <p>The loops are written out in each method: vectors that pass through small helper methods can
 * end up allocated on the heap when one of them is not inlined.
 */
final class SimdHalvedFloatKernel implements HalvedFloatKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final int LANES = SPECIES.length();
  private static final int STEP = 2 * LANES;
  private static final VectorSpecies<Float> HALF_SPECIES = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> SHORT_SPECIES = FloatVector.SPECIES_128;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final int UPPER = 0xffff0000;

  @Override
  public String name() {
    return "simd-halved-" + SPECIES.vectorBitSize();
  }

  @Override
  public int arrangedLength(int dimension) {
    return Math.ceilDiv(dimension, STEP) * 2 * STEP;
  }

  @Override
  public void arrange(float[] query, int dimension, float[] arranged) {
    int target = 0;
    int counted = 0;
    for (int start = 0; counted < dimension; start += STEP) {
      int first = Math.min(start, dimension - STEP);
      for (int lane = 0; lane < LANES; lane++) {
        for (int odd = 0; odd < 2; odd++) {
          int i = first + 2 * lane + odd;
          boolean fresh = i >= counted;
          arranged[target + odd * LANES + lane] = fresh ? query[i] : 0;
          arranged[target + STEP + odd * LANES + lane] = fresh ? -1 : 0;
        }
      }
      counted = first + STEP;
      target += 2 * STEP;
    }
  }

  @Override
  public void upperSquaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target) {
    long rowOffset0 = rowOffsets[from];
    long rowOffset1 = rowOffsets[from + 1];
    long rowOffset2 = rowOffsets[from + 2];
    long rowOffset3 = rowOffsets[from + 3];
    long rowOffset4 = rowOffsets[from + 4];
    long rowOffset5 = rowOffsets[from + 5];
    long rowOffset6 = rowOffsets[from + 6];
    long rowOffset7 = rowOffsets[from + 7];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    FloatVector sum4 = FloatVector.zero(SPECIES);
    FloatVector sum5 = FloatVector.zero(SPECIES);
    FloatVector sum6 = FloatVector.zero(SPECIES);
    FloatVector sum7 = FloatVector.zero(SPECIES);
    int last = dimension - STEP;
    for (int i = 0, at = 0; i < dimension; i += STEP, at += 2 * STEP) {
      long offset = 2L * Math.min(i, last);
      FloatVector even = FloatVector.fromArray(SPECIES, arranged, at);
      FloatVector odd = FloatVector.fromArray(SPECIES, arranged, at + LANES);
      FloatVector evenWeight = FloatVector.fromArray(SPECIES, arranged, at + STEP);
      FloatVector oddWeight = FloatVector.fromArray(SPECIES, arranged, at + STEP + LANES);
      IntVector upper0 = IntVector.fromMemorySegment(INTS, rows, rowOffset0 + offset, ORDER);
      FloatVector even0 =
          upper0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd0 = upper0.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum0 = odd0.fma(odd0, even0.fma(even0, sum0));
      IntVector upper1 = IntVector.fromMemorySegment(INTS, rows, rowOffset1 + offset, ORDER);
      FloatVector even1 =
          upper1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd1 = upper1.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum1 = odd1.fma(odd1, even1.fma(even1, sum1));
      IntVector upper2 = IntVector.fromMemorySegment(INTS, rows, rowOffset2 + offset, ORDER);
      FloatVector even2 =
          upper2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd2 = upper2.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum2 = odd2.fma(odd2, even2.fma(even2, sum2));
      IntVector upper3 = IntVector.fromMemorySegment(INTS, rows, rowOffset3 + offset, ORDER);
      FloatVector even3 =
          upper3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd3 = upper3.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum3 = odd3.fma(odd3, even3.fma(even3, sum3));
      IntVector upper4 = IntVector.fromMemorySegment(INTS, rows, rowOffset4 + offset, ORDER);
      FloatVector even4 =
          upper4.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd4 = upper4.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum4 = odd4.fma(odd4, even4.fma(even4, sum4));
      IntVector upper5 = IntVector.fromMemorySegment(INTS, rows, rowOffset5 + offset, ORDER);
      FloatVector even5 =
          upper5.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd5 = upper5.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum5 = odd5.fma(odd5, even5.fma(even5, sum5));
      IntVector upper6 = IntVector.fromMemorySegment(INTS, rows, rowOffset6 + offset, ORDER);
      FloatVector even6 =
          upper6.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd6 = upper6.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum6 = odd6.fma(odd6, even6.fma(even6, sum6));
      IntVector upper7 = IntVector.fromMemorySegment(INTS, rows, rowOffset7 + offset, ORDER);
      FloatVector even7 =
          upper7.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(evenWeight, even);
      FloatVector odd7 = upper7.and(UPPER).reinterpretAsFloats().fma(oddWeight, odd);
      sum7 = odd7.fma(odd7, even7.fma(even7, sum7));
    }
    FloatVector half0 =
        LANES <= 8
            ? sum0
            : ((FloatVector) sum0.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum0.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half1 =
        LANES <= 8
            ? sum1
            : ((FloatVector) sum1.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum1.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half2 =
        LANES <= 8
            ? sum2
            : ((FloatVector) sum2.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum2.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half3 =
        LANES <= 8
            ? sum3
            : ((FloatVector) sum3.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum3.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half4 =
        LANES <= 8
            ? sum4
            : ((FloatVector) sum4.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum4.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half5 =
        LANES <= 8
            ? sum5
            : ((FloatVector) sum5.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum5.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half6 =
        LANES <= 8
            ? sum6
            : ((FloatVector) sum6.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum6.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half7 =
        LANES <= 8
            ? sum7
            : ((FloatVector) sum7.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum7.reinterpretShape(HALF_SPECIES, 1));
    FloatVector short0 =
        LANES <= 4
            ? half0
            : ((FloatVector) half0.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half0.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short1 =
        LANES <= 4
            ? half1
            : ((FloatVector) half1.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half1.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short2 =
        LANES <= 4
            ? half2
            : ((FloatVector) half2.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half2.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short3 =
        LANES <= 4
            ? half3
            : ((FloatVector) half3.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half3.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short4 =
        LANES <= 4
            ? half4
            : ((FloatVector) half4.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half4.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short5 =
        LANES <= 4
            ? half5
            : ((FloatVector) half5.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half5.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short6 =
        LANES <= 4
            ? half6
            : ((FloatVector) half6.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half6.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short7 =
        LANES <= 4
            ? half7
            : ((FloatVector) half7.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half7.reinterpretShape(SHORT_SPECIES, 1));
    target[from] = short0.reduceLanes(VectorOperators.ADD);
    target[from + 1] = short1.reduceLanes(VectorOperators.ADD);
    target[from + 2] = short2.reduceLanes(VectorOperators.ADD);
    target[from + 3] = short3.reduceLanes(VectorOperators.ADD);
    target[from + 4] = short4.reduceLanes(VectorOperators.ADD);
    target[from + 5] = short5.reduceLanes(VectorOperators.ADD);
    target[from + 6] = short6.reduceLanes(VectorOperators.ADD);
    target[from + 7] = short7.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void upperInnerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target) {
    long rowOffset0 = rowOffsets[from];
    long rowOffset1 = rowOffsets[from + 1];
    long rowOffset2 = rowOffsets[from + 2];
    long rowOffset3 = rowOffsets[from + 3];
    long rowOffset4 = rowOffsets[from + 4];
    long rowOffset5 = rowOffsets[from + 5];
    long rowOffset6 = rowOffsets[from + 6];
    long rowOffset7 = rowOffsets[from + 7];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    FloatVector sum4 = FloatVector.zero(SPECIES);
    FloatVector sum5 = FloatVector.zero(SPECIES);
    FloatVector sum6 = FloatVector.zero(SPECIES);
    FloatVector sum7 = FloatVector.zero(SPECIES);
    int last = dimension - STEP;
    for (int i = 0, at = 0; i < dimension; i += STEP, at += 2 * STEP) {
      long offset = 2L * Math.min(i, last);
      FloatVector even = FloatVector.fromArray(SPECIES, arranged, at);
      FloatVector odd = FloatVector.fromArray(SPECIES, arranged, at + LANES);
      IntVector upper0 = IntVector.fromMemorySegment(INTS, rows, rowOffset0 + offset, ORDER);
      sum0 = upper0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum0);
      sum0 = upper0.and(UPPER).reinterpretAsFloats().fma(odd, sum0);
      IntVector upper1 = IntVector.fromMemorySegment(INTS, rows, rowOffset1 + offset, ORDER);
      sum1 = upper1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum1);
      sum1 = upper1.and(UPPER).reinterpretAsFloats().fma(odd, sum1);
      IntVector upper2 = IntVector.fromMemorySegment(INTS, rows, rowOffset2 + offset, ORDER);
      sum2 = upper2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum2);
      sum2 = upper2.and(UPPER).reinterpretAsFloats().fma(odd, sum2);
      IntVector upper3 = IntVector.fromMemorySegment(INTS, rows, rowOffset3 + offset, ORDER);
      sum3 = upper3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum3);
      sum3 = upper3.and(UPPER).reinterpretAsFloats().fma(odd, sum3);
      IntVector upper4 = IntVector.fromMemorySegment(INTS, rows, rowOffset4 + offset, ORDER);
      sum4 = upper4.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum4);
      sum4 = upper4.and(UPPER).reinterpretAsFloats().fma(odd, sum4);
      IntVector upper5 = IntVector.fromMemorySegment(INTS, rows, rowOffset5 + offset, ORDER);
      sum5 = upper5.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum5);
      sum5 = upper5.and(UPPER).reinterpretAsFloats().fma(odd, sum5);
      IntVector upper6 = IntVector.fromMemorySegment(INTS, rows, rowOffset6 + offset, ORDER);
      sum6 = upper6.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum6);
      sum6 = upper6.and(UPPER).reinterpretAsFloats().fma(odd, sum6);
      IntVector upper7 = IntVector.fromMemorySegment(INTS, rows, rowOffset7 + offset, ORDER);
      sum7 = upper7.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, sum7);
      sum7 = upper7.and(UPPER).reinterpretAsFloats().fma(odd, sum7);
    }
    FloatVector half0 =
        LANES <= 8
            ? sum0
            : ((FloatVector) sum0.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum0.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half1 =
        LANES <= 8
            ? sum1
            : ((FloatVector) sum1.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum1.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half2 =
        LANES <= 8
            ? sum2
            : ((FloatVector) sum2.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum2.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half3 =
        LANES <= 8
            ? sum3
            : ((FloatVector) sum3.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum3.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half4 =
        LANES <= 8
            ? sum4
            : ((FloatVector) sum4.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum4.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half5 =
        LANES <= 8
            ? sum5
            : ((FloatVector) sum5.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum5.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half6 =
        LANES <= 8
            ? sum6
            : ((FloatVector) sum6.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum6.reinterpretShape(HALF_SPECIES, 1));
    FloatVector half7 =
        LANES <= 8
            ? sum7
            : ((FloatVector) sum7.reinterpretShape(HALF_SPECIES, 0))
                .add((FloatVector) sum7.reinterpretShape(HALF_SPECIES, 1));
    FloatVector short0 =
        LANES <= 4
            ? half0
            : ((FloatVector) half0.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half0.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short1 =
        LANES <= 4
            ? half1
            : ((FloatVector) half1.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half1.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short2 =
        LANES <= 4
            ? half2
            : ((FloatVector) half2.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half2.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short3 =
        LANES <= 4
            ? half3
            : ((FloatVector) half3.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half3.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short4 =
        LANES <= 4
            ? half4
            : ((FloatVector) half4.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half4.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short5 =
        LANES <= 4
            ? half5
            : ((FloatVector) half5.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half5.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short6 =
        LANES <= 4
            ? half6
            : ((FloatVector) half6.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half6.reinterpretShape(SHORT_SPECIES, 1));
    FloatVector short7 =
        LANES <= 4
            ? half7
            : ((FloatVector) half7.reinterpretShape(SHORT_SPECIES, 0))
                .add((FloatVector) half7.reinterpretShape(SHORT_SPECIES, 1));
    target[from] = short0.reduceLanes(VectorOperators.ADD);
    target[from + 1] = short1.reduceLanes(VectorOperators.ADD);
    target[from + 2] = short2.reduceLanes(VectorOperators.ADD);
    target[from + 3] = short3.reduceLanes(VectorOperators.ADD);
    target[from + 4] = short4.reduceLanes(VectorOperators.ADD);
    target[from + 5] = short5.reduceLanes(VectorOperators.ADD);
    target[from + 6] = short6.reduceLanes(VectorOperators.ADD);
    target[from + 7] = short7.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void squaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target) {
    long rowOffset0 = rowOffsets[from];
    long rowOffset1 = rowOffsets[from + 1];
    long rowOffset2 = rowOffsets[from + 2];
    long rowOffset3 = rowOffsets[from + 3];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int last = dimension - STEP;
    for (int i = 0, at = 0; i < dimension; i += STEP, at += 2 * STEP) {
      long offset = 2L * Math.min(i, last);
      FloatVector even = FloatVector.fromArray(SPECIES, arranged, at);
      FloatVector odd = FloatVector.fromArray(SPECIES, arranged, at + LANES);
      FloatVector evenWeight = FloatVector.fromArray(SPECIES, arranged, at + STEP);
      FloatVector oddWeight = FloatVector.fromArray(SPECIES, arranged, at + STEP + LANES);
      IntVector upper0 = IntVector.fromMemorySegment(INTS, rows, rowOffset0 + offset, ORDER);
      IntVector lower0 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset0 + toLower + offset, ORDER);
      FloatVector even0 =
          upper0
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(evenWeight, even);
      FloatVector odd0 =
          upper0
              .and(UPPER)
              .add(lower0.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(oddWeight, odd);
      sum0 = odd0.fma(odd0, even0.fma(even0, sum0));
      IntVector upper1 = IntVector.fromMemorySegment(INTS, rows, rowOffset1 + offset, ORDER);
      IntVector lower1 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset1 + toLower + offset, ORDER);
      FloatVector even1 =
          upper1
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(evenWeight, even);
      FloatVector odd1 =
          upper1
              .and(UPPER)
              .add(lower1.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(oddWeight, odd);
      sum1 = odd1.fma(odd1, even1.fma(even1, sum1));
      IntVector upper2 = IntVector.fromMemorySegment(INTS, rows, rowOffset2 + offset, ORDER);
      IntVector lower2 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset2 + toLower + offset, ORDER);
      FloatVector even2 =
          upper2
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(evenWeight, even);
      FloatVector odd2 =
          upper2
              .and(UPPER)
              .add(lower2.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(oddWeight, odd);
      sum2 = odd2.fma(odd2, even2.fma(even2, sum2));
      IntVector upper3 = IntVector.fromMemorySegment(INTS, rows, rowOffset3 + offset, ORDER);
      IntVector lower3 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset3 + toLower + offset, ORDER);
      FloatVector even3 =
          upper3
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(evenWeight, even);
      FloatVector odd3 =
          upper3
              .and(UPPER)
              .add(lower3.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(oddWeight, odd);
      sum3 = odd3.fma(odd3, even3.fma(even3, sum3));
    }
    target[from] = sum0.reduceLanes(VectorOperators.ADD);
    target[from + 1] = sum1.reduceLanes(VectorOperators.ADD);
    target[from + 2] = sum2.reduceLanes(VectorOperators.ADD);
    target[from + 3] = sum3.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void innerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target) {
    long rowOffset0 = rowOffsets[from];
    long rowOffset1 = rowOffsets[from + 1];
    long rowOffset2 = rowOffsets[from + 2];
    long rowOffset3 = rowOffsets[from + 3];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int last = dimension - STEP;
    for (int i = 0, at = 0; i < dimension; i += STEP, at += 2 * STEP) {
      long offset = 2L * Math.min(i, last);
      FloatVector even = FloatVector.fromArray(SPECIES, arranged, at);
      FloatVector odd = FloatVector.fromArray(SPECIES, arranged, at + LANES);
      IntVector upper0 = IntVector.fromMemorySegment(INTS, rows, rowOffset0 + offset, ORDER);
      IntVector lower0 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset0 + toLower + offset, ORDER);
      sum0 =
          upper0
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower0.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(even, sum0);
      sum0 =
          upper0
              .and(UPPER)
              .add(lower0.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(odd, sum0);
      IntVector upper1 = IntVector.fromMemorySegment(INTS, rows, rowOffset1 + offset, ORDER);
      IntVector lower1 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset1 + toLower + offset, ORDER);
      sum1 =
          upper1
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower1.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(even, sum1);
      sum1 =
          upper1
              .and(UPPER)
              .add(lower1.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(odd, sum1);
      IntVector upper2 = IntVector.fromMemorySegment(INTS, rows, rowOffset2 + offset, ORDER);
      IntVector lower2 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset2 + toLower + offset, ORDER);
      sum2 =
          upper2
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower2.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(even, sum2);
      sum2 =
          upper2
              .and(UPPER)
              .add(lower2.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(odd, sum2);
      IntVector upper3 = IntVector.fromMemorySegment(INTS, rows, rowOffset3 + offset, ORDER);
      IntVector lower3 =
          IntVector.fromMemorySegment(INTS, rows, rowOffset3 + toLower + offset, ORDER);
      sum3 =
          upper3
              .lanewise(VectorOperators.LSHL, 16)
              .add(lower3.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(even, sum3);
      sum3 =
          upper3
              .and(UPPER)
              .add(lower3.lanewise(VectorOperators.ASHR, 16))
              .reinterpretAsFloats()
              .fma(odd, sum3);
    }
    target[from] = sum0.reduceLanes(VectorOperators.ADD);
    target[from + 1] = sum1.reduceLanes(VectorOperators.ADD);
    target[from + 2] = sum2.reduceLanes(VectorOperators.ADD);
    target[from + 3] = sum3.reduceLanes(VectorOperators.ADD);
  }
}
