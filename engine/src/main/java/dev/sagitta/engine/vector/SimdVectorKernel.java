package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation. The loops are written out in each method: vectors that pass through
 * small helper methods can end up allocated on the heap when one of them is not inlined. What is
 * left of a row behind its last whole vector is one masked vector, of which the lanes behind the
 * row are zeros and not read from memory: at 100 dimensions that is four times as fast as a loop
 * over the rest.
 */
final class SimdVectorKernel implements VectorKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Float> HALF_SPECIES = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> SHORT_SPECIES = FloatVector.SPECIES_128;
  private static final int SHORT_LANES = SHORT_SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

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
    if (i < dimension) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, dimension);
      FloatVector difference =
          FloatVector.fromArray(SPECIES, query, queryOffset + i, mask)
              .sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER, mask));
      sum1 = difference.fma(difference, sum1);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD);
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
    scores[0] = sum0.reduceLanes(VectorOperators.ADD);
    scores[1] = sum1.reduceLanes(VectorOperators.ADD);
    scores[2] = sum2.reduceLanes(VectorOperators.ADD);
    scores[3] = sum3.reduceLanes(VectorOperators.ADD);
    if (i < dimension) {
      addTailsOfSquares(
          query,
          queryOffset,
          rows,
          rowOffset0,
          rowOffset1,
          rowOffset2,
          rowOffset3,
          i,
          dimension,
          scores);
    }
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
    if (i < dimension) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, dimension);
      sum1 =
          FloatVector.fromArray(SPECIES, query, queryOffset + i, mask)
              .fma(
                  FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER, mask),
                  sum1);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD);
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
    scores[0] = sum0.reduceLanes(VectorOperators.ADD);
    scores[1] = sum1.reduceLanes(VectorOperators.ADD);
    scores[2] = sum2.reduceLanes(VectorOperators.ADD);
    scores[3] = sum3.reduceLanes(VectorOperators.ADD);
    if (i < dimension) {
      addTailsOfProducts(
          query,
          queryOffset,
          rows,
          rowOffset0,
          rowOffset1,
          rowOffset2,
          rowOffset3,
          i,
          dimension,
          scores);
    }
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
    if (i < dimension) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, dimension);
      FloatVector part =
          FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * i, ORDER, mask);
      product = part.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i, mask), product);
      square = part.fma(part, square);
    }
    return UnitVectors.cosine(
        product.reduceLanes(VectorOperators.ADD), square.reduceLanes(VectorOperators.ADD));
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
    scores[0] = product0.reduceLanes(VectorOperators.ADD);
    scores[1] = product1.reduceLanes(VectorOperators.ADD);
    scores[2] = product2.reduceLanes(VectorOperators.ADD);
    scores[3] = product3.reduceLanes(VectorOperators.ADD);
    float square0Sum = square0.reduceLanes(VectorOperators.ADD);
    float square1Sum = square1.reduceLanes(VectorOperators.ADD);
    float square2Sum = square2.reduceLanes(VectorOperators.ADD);
    float square3Sum = square3.reduceLanes(VectorOperators.ADD);
    if (i < dimension) {
      addTailsOfProducts(
          query,
          queryOffset,
          rows,
          rowOffset0,
          rowOffset1,
          rowOffset2,
          rowOffset3,
          i,
          dimension,
          scores);
      square0Sum += tailOfSquares(rows, rowOffset0, i, dimension);
      square1Sum += tailOfSquares(rows, rowOffset1, i, dimension);
      square2Sum += tailOfSquares(rows, rowOffset2, i, dimension);
      square3Sum += tailOfSquares(rows, rowOffset3, i, dimension);
    }
    scores[0] = UnitVectors.cosine(scores[0], square0Sum);
    scores[1] = UnitVectors.cosine(scores[1], square1Sum);
    scores[2] = UnitVectors.cosine(scores[2], square2Sum);
    scores[3] = UnitVectors.cosine(scores[3], square3Sum);
  }

  /** Adds what the dimensions from {@code from} on, less than a vector, contribute. */
  private static void addTailsOfSquares(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int from,
      int dimension,
      float[] scores) {
    VectorMask<Float> mask = SPECIES.indexInRange(from, dimension);
    long offset = 4L * from;
    FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + from, mask);
    FloatVector difference0 =
        part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset0 + offset, ORDER, mask));
    FloatVector difference1 =
        part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset1 + offset, ORDER, mask));
    FloatVector difference2 =
        part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset2 + offset, ORDER, mask));
    FloatVector difference3 =
        part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset3 + offset, ORDER, mask));
    scores[0] += difference0.mul(difference0).reduceLanes(VectorOperators.ADD);
    scores[1] += difference1.mul(difference1).reduceLanes(VectorOperators.ADD);
    scores[2] += difference2.mul(difference2).reduceLanes(VectorOperators.ADD);
    scores[3] += difference3.mul(difference3).reduceLanes(VectorOperators.ADD);
  }

  private static void addTailsOfProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int from,
      int dimension,
      float[] scores) {
    VectorMask<Float> mask = SPECIES.indexInRange(from, dimension);
    long offset = 4L * from;
    FloatVector part = FloatVector.fromArray(SPECIES, query, queryOffset + from, mask);
    scores[0] +=
        part.mul(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset0 + offset, ORDER, mask))
            .reduceLanes(VectorOperators.ADD);
    scores[1] +=
        part.mul(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset1 + offset, ORDER, mask))
            .reduceLanes(VectorOperators.ADD);
    scores[2] +=
        part.mul(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset2 + offset, ORDER, mask))
            .reduceLanes(VectorOperators.ADD);
    scores[3] +=
        part.mul(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset3 + offset, ORDER, mask))
            .reduceLanes(VectorOperators.ADD);
  }

  private static float tailOfSquares(MemorySegment rows, long rowOffset, int from, int dimension) {
    VectorMask<Float> mask = SPECIES.indexInRange(from, dimension);
    FloatVector part =
        FloatVector.fromMemorySegment(SPECIES, rows, rowOffset + 4L * from, ORDER, mask);
    return part.mul(part).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] scores) {
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
      FloatVector difference4 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset4 + offset, ORDER));
      FloatVector difference5 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset5 + offset, ORDER));
      FloatVector difference6 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset6 + offset, ORDER));
      FloatVector difference7 =
          part.sub(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset7 + offset, ORDER));
      sum0 = difference0.fma(difference0, sum0);
      sum1 = difference1.fma(difference1, sum1);
      sum2 = difference2.fma(difference2, sum2);
      sum3 = difference3.fma(difference3, sum3);
      sum4 = difference4.fma(difference4, sum4);
      sum5 = difference5.fma(difference5, sum5);
      sum6 = difference6.fma(difference6, sum6);
      sum7 = difference7.fma(difference7, sum7);
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
    for (; i <= dimension - SHORT_LANES; i += SHORT_LANES) {
      long offset = 4L * i;
      FloatVector part = FloatVector.fromArray(SHORT_SPECIES, query, queryOffset + i);
      FloatVector difference0 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset0 + offset, ORDER));
      FloatVector difference1 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset1 + offset, ORDER));
      FloatVector difference2 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset2 + offset, ORDER));
      FloatVector difference3 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset3 + offset, ORDER));
      FloatVector difference4 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset4 + offset, ORDER));
      FloatVector difference5 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset5 + offset, ORDER));
      FloatVector difference6 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset6 + offset, ORDER));
      FloatVector difference7 =
          part.sub(FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset7 + offset, ORDER));
      short0 = difference0.fma(difference0, short0);
      short1 = difference1.fma(difference1, short1);
      short2 = difference2.fma(difference2, short2);
      short3 = difference3.fma(difference3, short3);
      short4 = difference4.fma(difference4, short4);
      short5 = difference5.fma(difference5, short5);
      short6 = difference6.fma(difference6, short6);
      short7 = difference7.fma(difference7, short7);
    }
    scores[from] = short0.reduceLanes(VectorOperators.ADD);
    scores[from + 1] = short1.reduceLanes(VectorOperators.ADD);
    scores[from + 2] = short2.reduceLanes(VectorOperators.ADD);
    scores[from + 3] = short3.reduceLanes(VectorOperators.ADD);
    scores[from + 4] = short4.reduceLanes(VectorOperators.ADD);
    scores[from + 5] = short5.reduceLanes(VectorOperators.ADD);
    scores[from + 6] = short6.reduceLanes(VectorOperators.ADD);
    scores[from + 7] = short7.reduceLanes(VectorOperators.ADD);
    if (i < dimension) {
      for (int row = from; row < from + 8; row++) {
        scores[row] += restOfSquares(query, queryOffset, rows, rowOffsets[row], i, dimension);
      }
    }
  }

  /** What fewer than four dimensions from {@code from} on contribute. */
  private static float restOfSquares(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int from, int dimension) {
    float sum = 0;
    for (int i = from; i < dimension; i++) {
      float difference = query[queryOffset + i] - rows.get(LittleEndian.FLOAT, rowOffset + 4L * i);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] scores) {
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
      sum4 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset4 + offset, ORDER), sum4);
      sum5 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset5 + offset, ORDER), sum5);
      sum6 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset6 + offset, ORDER), sum6);
      sum7 =
          part.fma(FloatVector.fromMemorySegment(SPECIES, rows, rowOffset7 + offset, ORDER), sum7);
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
    for (; i <= dimension - SHORT_LANES; i += SHORT_LANES) {
      long offset = 4L * i;
      FloatVector part = FloatVector.fromArray(SHORT_SPECIES, query, queryOffset + i);
      FloatVector row0 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset0 + offset, ORDER);
      FloatVector row1 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset1 + offset, ORDER);
      FloatVector row2 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset2 + offset, ORDER);
      FloatVector row3 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset3 + offset, ORDER);
      FloatVector row4 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset4 + offset, ORDER);
      FloatVector row5 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset5 + offset, ORDER);
      FloatVector row6 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset6 + offset, ORDER);
      FloatVector row7 =
          FloatVector.fromMemorySegment(SHORT_SPECIES, rows, rowOffset7 + offset, ORDER);
      short0 = part.fma(row0, short0);
      short1 = part.fma(row1, short1);
      short2 = part.fma(row2, short2);
      short3 = part.fma(row3, short3);
      short4 = part.fma(row4, short4);
      short5 = part.fma(row5, short5);
      short6 = part.fma(row6, short6);
      short7 = part.fma(row7, short7);
    }
    scores[from] = short0.reduceLanes(VectorOperators.ADD);
    scores[from + 1] = short1.reduceLanes(VectorOperators.ADD);
    scores[from + 2] = short2.reduceLanes(VectorOperators.ADD);
    scores[from + 3] = short3.reduceLanes(VectorOperators.ADD);
    scores[from + 4] = short4.reduceLanes(VectorOperators.ADD);
    scores[from + 5] = short5.reduceLanes(VectorOperators.ADD);
    scores[from + 6] = short6.reduceLanes(VectorOperators.ADD);
    scores[from + 7] = short7.reduceLanes(VectorOperators.ADD);
    if (i < dimension) {
      for (int row = from; row < from + 8; row++) {
        scores[row] += restOfProduct(query, queryOffset, rows, rowOffsets[row], i, dimension);
      }
    }
  }

  /** What fewer than four dimensions from {@code from} on contribute. */
  private static float restOfProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int from, int dimension) {
    float sum = 0;
    for (int i = from; i < dimension; i++) {
      sum += query[queryOffset + i] * rows.get(LittleEndian.FLOAT, rowOffset + 4L * i);
    }
    return sum;
  }
}
