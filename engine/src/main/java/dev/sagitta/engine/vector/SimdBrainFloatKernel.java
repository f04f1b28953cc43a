package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for rows of bfloat16, which are the upper halves of float32. The loops
 * are written out in each method: vectors that pass through small helper methods can end up
 * allocated on the heap when one of them is not inlined.
 */
final class SimdBrainFloatKernel implements VectorKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  /** Zeros, then ones: weights of a last vector of which the first lanes were counted before. */
  private static final float[] FRESH = new float[2 * LANES];

  static {
    Arrays.fill(FRESH, LANES, 2 * LANES, 1);
  }

  @Override
  public String name() {
    return "simd-bfloat16-" + SPECIES.vectorBitSize();
  }

  @Override
  public float squaredDistance(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      FloatVector difference =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .sub(
                  ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * i, ORDER)
                      .castShape(INTS, 0)
                      .lanewise(VectorOperators.LSHL, 16)
                      .reinterpretAsFloats());
      sum = difference.fma(difference, sum);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      FloatVector difference =
          FloatVector.fromArray(SPECIES, query, queryOffset + last)
              .sub(
                  ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * last, ORDER)
                      .castShape(INTS, 0)
                      .lanewise(VectorOperators.LSHL, 16)
                      .reinterpretAsFloats());
      sum = difference.mul(fresh).fma(difference, sum);
      i = dimension;
    }
    float result = sum.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float difference =
          query[queryOffset + i]
              - BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * i));
      result += difference * difference;
    }
    return result;
  }

  @Override
  public void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      FloatVector difference0 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * i, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference1 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * i, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference2 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * i, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference3 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * i, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      sum0 = difference0.fma(difference0, sum0);
      sum1 = difference1.fma(difference1, sum1);
      sum2 = difference2.fma(difference2, sum2);
      sum3 = difference3.fma(difference3, sum3);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + last);
      FloatVector difference0 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * last, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference1 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * last, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference2 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * last, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      FloatVector difference3 =
          part.sub(
              ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * last, ORDER)
                  .castShape(INTS, 0)
                  .lanewise(VectorOperators.LSHL, 16)
                  .reinterpretAsFloats());
      sum0 = difference0.mul(fresh).fma(difference0, sum0);
      sum1 = difference1.mul(fresh).fma(difference1, sum1);
      sum2 = difference2.mul(fresh).fma(difference2, sum2);
      sum3 = difference3.mul(fresh).fma(difference3, sum3);
      i = dimension;
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float value = query[queryOffset + i];
      float difference0 =
          value - BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset0 + 2L * i));
      float difference1 =
          value - BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset1 + 2L * i));
      float difference2 =
          value - BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset2 + 2L * i));
      float difference3 =
          value - BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset3 + 2L * i));
      result0 += difference0 * difference0;
      result1 += difference1 * difference1;
      result2 += difference2 * difference2;
      result3 += difference3 * difference3;
    }
    scores[0] = result0;
    scores[1] = result1;
    scores[2] = result2;
    scores[3] = result3;
  }

  @Override
  public float innerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      sum =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .fma(
                  ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * i, ORDER)
                      .castShape(INTS, 0)
                      .lanewise(VectorOperators.LSHL, 16)
                      .reinterpretAsFloats(),
                  sum);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      sum =
          FloatVector.fromArray(SPECIES, query, queryOffset + last)
              .mul(fresh)
              .fma(
                  ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * last, ORDER)
                      .castShape(INTS, 0)
                      .lanewise(VectorOperators.LSHL, 16)
                      .reinterpretAsFloats(),
                  sum);
      i = dimension;
    }
    float result = sum.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      result +=
          query[queryOffset + i]
              * BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * i));
    }
    return result;
  }

  @Override
  public void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      FloatVector row0 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row1 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row2 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row3 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      sum0 = part.fma(row0, sum0);
      sum1 = part.fma(row1, sum1);
      sum2 = part.fma(row2, sum2);
      sum3 = part.fma(row3, sum3);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + last);
      FloatVector row0 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row1 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row2 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row3 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      sum0 = part.mul(fresh).fma(row0, sum0);
      sum1 = part.mul(fresh).fma(row1, sum1);
      sum2 = part.mul(fresh).fma(row2, sum2);
      sum3 = part.mul(fresh).fma(row3, sum3);
      i = dimension;
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float value = query[queryOffset + i];
      float row0 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset0 + 2L * i));
      float row1 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset1 + 2L * i));
      float row2 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset2 + 2L * i));
      float row3 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset3 + 2L * i));
      result0 += value * row0;
      result1 += value * row1;
      result2 += value * row2;
      result3 += value * row3;
    }
    scores[0] = result0;
    scores[1] = result1;
    scores[2] = result2;
    scores[3] = result3;
  }

  @Override
  public float normalizedInnerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    FloatVector product = FloatVector.zero(SPECIES);
    FloatVector square = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      FloatVector row =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      product = row.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product);
      square = row.fma(row, square);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      FloatVector row =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      product =
          row.mul(fresh).fma(FloatVector.fromArray(SPECIES, query, queryOffset + last), product);
      square = row.mul(fresh).fma(row, square);
      i = dimension;
    }
    float productSum = product.reduceLanes(VectorOperators.ADD);
    float squareSum = square.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float value = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * i));
      productSum += query[queryOffset + i] * value;
      squareSum += value * value;
    }
    return UnitVectors.cosine(productSum, squareSum);
  }

  @Override
  public void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    FloatVector product0 = FloatVector.zero(SPECIES);
    FloatVector product1 = FloatVector.zero(SPECIES);
    FloatVector product2 = FloatVector.zero(SPECIES);
    FloatVector product3 = FloatVector.zero(SPECIES);
    FloatVector square0 = FloatVector.zero(SPECIES);
    FloatVector square1 = FloatVector.zero(SPECIES);
    FloatVector square2 = FloatVector.zero(SPECIES);
    FloatVector square3 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - LANES; i += LANES) {
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      FloatVector row0 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row1 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row2 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row3 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * i, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      product0 = row0.fma(part, product0);
      square0 = row0.fma(row0, square0);
      product1 = row1.fma(part, product1);
      square1 = row1.fma(row1, square1);
      product2 = row2.fma(part, product2);
      square2 = row2.fma(row2, square2);
      product3 = row3.fma(part, product3);
      square3 = row3.fma(row3, square3);
    }
    if (i < dimension && i > 0) {
      int last = dimension - LANES;
      FloatVector fresh = FloatVector.fromArray(SPECIES, FRESH, LANES - (i - last));
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + last);
      FloatVector row0 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset0 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row1 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset1 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row2 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset2 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      FloatVector row3 =
          ShortVector.fromMemorySegment(HALVES, rows, rowOffset3 + 2L * last, ORDER)
              .castShape(INTS, 0)
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      product0 = part.mul(fresh).fma(row0, product0);
      square0 = row0.mul(fresh).fma(row0, square0);
      product1 = part.mul(fresh).fma(row1, product1);
      square1 = row1.mul(fresh).fma(row1, square1);
      product2 = part.mul(fresh).fma(row2, product2);
      square2 = row2.mul(fresh).fma(row2, square2);
      product3 = part.mul(fresh).fma(row3, product3);
      square3 = row3.mul(fresh).fma(row3, square3);
      i = dimension;
    }
    float productSum0 = product0.reduceLanes(VectorOperators.ADD);
    float productSum1 = product1.reduceLanes(VectorOperators.ADD);
    float productSum2 = product2.reduceLanes(VectorOperators.ADD);
    float productSum3 = product3.reduceLanes(VectorOperators.ADD);
    float squareSum0 = square0.reduceLanes(VectorOperators.ADD);
    float squareSum1 = square1.reduceLanes(VectorOperators.ADD);
    float squareSum2 = square2.reduceLanes(VectorOperators.ADD);
    float squareSum3 = square3.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float value = query[queryOffset + i];
      float row0 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset0 + 2L * i));
      float row1 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset1 + 2L * i));
      float row2 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset2 + 2L * i));
      float row3 = BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset3 + 2L * i));
      productSum0 += value * row0;
      squareSum0 += row0 * row0;
      productSum1 += value * row1;
      squareSum1 += row1 * row1;
      productSum2 += value * row2;
      squareSum2 += row2 * row2;
      productSum3 += value * row3;
      squareSum3 += row3 * row3;
    }
    scores[0] = UnitVectors.cosine(productSum0, squareSum0);
    scores[1] = UnitVectors.cosine(productSum1, squareSum1);
    scores[2] = UnitVectors.cosine(productSum2, squareSum2);
    scores[3] = UnitVectors.cosine(productSum3, squareSum3);
  }
}
