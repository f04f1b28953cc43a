package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation. The loops are written out in each method: vectors that pass through
 * small helper methods can end up allocated on the heap when one of them is not inlined.
 */
final class SimdVectorKernel implements VectorKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

  /** Width of the vectors in bits. */
  static int vectorBits() {
    return SPECIES.vectorBitSize();
  }

  @Override
  public String name() {
    return "simd-" + vectorBits();
  }

  @Override
  public float squaredDistance(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - 2 * LANES; i += 2 * LANES) {
      long offset = rowOffset + 4L * i;
      FloatVector difference0 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset, ORDER));
      FloatVector difference1 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
              .sub(FloatVector.fromMemorySegment(SPECIES, rows, offset + 4L * LANES, ORDER));
      sum0 = difference0.fma(difference0, sum0);
      sum1 = difference1.fma(difference1, sum1);
    }
    if (i <= dimension - LANES) {
      FloatVector difference =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER));
      sum0 = difference.fma(difference, sum0);
      i += LANES;
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float difference = query[queryOffset + i] - rows.get(FLOAT, rowOffset + 4L * i);
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
      long offset = 4L * i;
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      FloatVector difference0 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset0 + offset, ORDER));
      FloatVector difference1 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset1 + offset, ORDER));
      FloatVector difference2 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset2 + offset, ORDER));
      FloatVector difference3 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset3 + offset, ORDER));
      sum0 = difference0.fma(difference0, sum0);
      sum1 = difference1.fma(difference1, sum1);
      sum2 = difference2.fma(difference2, sum2);
      sum3 = difference3.fma(difference3, sum3);
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      long offset = 4L * i;
      float value = query[queryOffset + i];
      float difference0 = value - rows.get(FLOAT, rowOffset0 + offset);
      float difference1 = value - rows.get(FLOAT, rowOffset1 + offset);
      float difference2 = value - rows.get(FLOAT, rowOffset2 + offset);
      float difference3 = value - rows.get(FLOAT, rowOffset3 + offset);
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
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= dimension - 2 * LANES; i += 2 * LANES) {
      long offset = rowOffset + 4L * i;
      sum0 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .fma(FloatVector.fromMemorySegment(SPECIES, rows, offset, ORDER), sum0);
      sum1 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
              .fma(FloatVector.fromMemorySegment(SPECIES, rows, offset + 4L * LANES, ORDER), sum1);
    }
    if (i <= dimension - LANES) {
      sum0 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i)
              .fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER), sum0);
      i += LANES;
    }
    float result = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      result += query[queryOffset + i] * rows.get(FLOAT, rowOffset + 4L * i);
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
      long offset = 4L * i;
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      sum0 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset0 + offset, ORDER), sum0);
      sum1 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset1 + offset, ORDER), sum1);
      sum2 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset2 + offset, ORDER), sum2);
      sum3 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset3 + offset, ORDER), sum3);
    }
    float result0 = sum0.reduceLanes(VectorOperators.ADD);
    float result1 = sum1.reduceLanes(VectorOperators.ADD);
    float result2 = sum2.reduceLanes(VectorOperators.ADD);
    float result3 = sum3.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      long offset = 4L * i;
      float value = query[queryOffset + i];
      result0 += value * rows.get(FLOAT, rowOffset0 + offset);
      result1 += value * rows.get(FLOAT, rowOffset1 + offset);
      result2 += value * rows.get(FLOAT, rowOffset2 + offset);
      result3 += value * rows.get(FLOAT, rowOffset3 + offset);
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
      FloatVector part = FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER);
      product = part.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product);
      square = part.fma(part, square);
    }
    float productSum = product.reduceLanes(VectorOperators.ADD);
    float squareSum = square.reduceLanes(VectorOperators.ADD);
    for (; i < dimension; i++) {
      float value = rows.get(FLOAT, rowOffset + 4L * i);
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
      long offset = 4L * i;
      FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + i);
      FloatVector row0 = FloatVector.fromMemorySegment(SPECIES, rows, rowOffset0 + offset, ORDER);
      FloatVector row1 = FloatVector.fromMemorySegment(SPECIES, rows, rowOffset1 + offset, ORDER);
      FloatVector row2 = FloatVector.fromMemorySegment(SPECIES, rows, rowOffset2 + offset, ORDER);
      FloatVector row3 = FloatVector.fromMemorySegment(SPECIES, rows, rowOffset3 + offset, ORDER);
      product0 = row0.fma(part, product0);
      product1 = row1.fma(part, product1);
      product2 = row2.fma(part, product2);
      product3 = row3.fma(part, product3);
      square0 = row0.fma(row0, square0);
      square1 = row1.fma(row1, square1);
      square2 = row2.fma(row2, square2);
      square3 = row3.fma(row3, square3);
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
      long offset = 4L * i;
      float value = query[queryOffset + i];
      float row0 = rows.get(FLOAT, rowOffset0 + offset);
      float row1 = rows.get(FLOAT, rowOffset1 + offset);
      float row2 = rows.get(FLOAT, rowOffset2 + offset);
      float row3 = rows.get(FLOAT, rowOffset3 + offset);
      productSum0 += value * row0;
      productSum1 += value * row1;
      productSum2 += value * row2;
      productSum3 += value * row3;
      squareSum0 += row0 * row0;
      squareSum1 += row1 * row1;
      squareSum2 += row2 * row2;
      squareSum3 += row3 * row3;
    }
    scores[0] = UnitVectors.cosine(productSum0, squareSum0);
    scores[1] = UnitVectors.cosine(productSum1, squareSum1);
    scores[2] = UnitVectors.cosine(productSum2, squareSum2);
    scores[3] = UnitVectors.cosine(productSum3, squareSum3);
  }
}
