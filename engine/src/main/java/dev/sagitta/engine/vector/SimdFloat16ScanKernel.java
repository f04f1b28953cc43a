package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for rows of float16, see {@link ReadAhead} for what it does beside
 * comparing. The loops are written out in each method, as in the {@link VectorKernel} of the type.
 */
final class SimdFloat16ScanKernel implements ScanKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  /** Sign and the 15 other bits of a sign-extended float16 after a shift by 13. */
  private static final int KEPT_BITS = 0x8fffe000;

  private static final float EXPONENT_RATIO = 0x1p112f;

  @Override
  public String name() {
    return "simd-scan-float16-" + SPECIES.vectorBitSize();
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
    int rowBytes = 2 * dimension;
    int last = dimension - LANES;
    int whole = dimension - dimension % LANES;
    VectorMask<Float> fresh = SPECIES.indexInRange(0, Math.max(0, whole - last)).not();
    long readAheadLimit = rows.byteSize() - 1;
    long nextPage = firstOffset;
    int touched = 0;
    long offset = firstOffset;
    for (int row = 0; row < count; row++) {
      for (; nextPage <= offset; nextPage += ReadAhead.PAGE_BYTES) {
        long ahead = Math.min(readAheadLimit, nextPage + ReadAhead.DISTANCE_BYTES);
        touched |= rows.get(LittleEndian.BYTE, ahead);
      }
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      FloatVector sum2 = FloatVector.zero(SPECIES);
      FloatVector sum3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= dimension - 4 * LANES; i += 4 * LANES) {
        FloatVector difference0 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .sub(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        FloatVector difference1 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
                .sub(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * (i + LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        FloatVector difference2 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 2 * LANES)
                .sub(
                    ShortVector.fromMemorySegment(
                            HALVES, rows, offset + 2L * (i + 2 * LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        FloatVector difference3 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 3 * LANES)
                .sub(
                    ShortVector.fromMemorySegment(
                            HALVES, rows, offset + 2L * (i + 3 * LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        sum0 = difference0.fma(difference0, sum0);
        sum1 = difference1.fma(difference1, sum1);
        sum2 = difference2.fma(difference2, sum2);
        sum3 = difference3.fma(difference3, sum3);
      }
      for (; i <= last; i += LANES) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .sub(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        sum0 = difference.fma(difference, sum0);
      }
      if (i < dimension && last >= 0) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, query, queryOffset + last)
                .sub(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * last, ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO));
        sum1 = sum1.add(difference.mul(difference), fresh);
        i = dimension;
      }
      float result = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        float difference =
            query[queryOffset + i]
                - Float.float16ToFloat(rows.get(LittleEndian.SHORT, offset + 2L * i));
        result += difference * difference;
      }
      scores[row] = result;
      offset += rowBytes;
    }
    ReadAhead.keep(touched);
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
    int rowBytes = 2 * dimension;
    int last = dimension - LANES;
    int whole = dimension - dimension % LANES;
    VectorMask<Float> fresh = SPECIES.indexInRange(0, Math.max(0, whole - last)).not();
    long readAheadLimit = rows.byteSize() - 1;
    long nextPage = firstOffset;
    int touched = 0;
    long offset = firstOffset;
    for (int row = 0; row < count; row++) {
      for (; nextPage <= offset; nextPage += ReadAhead.PAGE_BYTES) {
        long ahead = Math.min(readAheadLimit, nextPage + ReadAhead.DISTANCE_BYTES);
        touched |= rows.get(LittleEndian.BYTE, ahead);
      }
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      FloatVector sum2 = FloatVector.zero(SPECIES);
      FloatVector sum3 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= dimension - 4 * LANES; i += 4 * LANES) {
        sum0 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .fma(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO),
                    sum0);
        sum1 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
                .fma(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * (i + LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO),
                    sum1);
        sum2 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 2 * LANES)
                .fma(
                    ShortVector.fromMemorySegment(
                            HALVES, rows, offset + 2L * (i + 2 * LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO),
                    sum2);
        sum3 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 3 * LANES)
                .fma(
                    ShortVector.fromMemorySegment(
                            HALVES, rows, offset + 2L * (i + 3 * LANES), ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO),
                    sum3);
      }
      for (; i <= last; i += LANES) {
        sum0 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .fma(
                    ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                        .castShape(INTS, 0)
                        .lanewise(VectorOperators.LSHL, 13)
                        .lanewise(VectorOperators.AND, KEPT_BITS)
                        .reinterpretAsFloats()
                        .mul(EXPONENT_RATIO),
                    sum0);
      }
      if (i < dimension && last >= 0) {
        sum1 =
            sum1.add(
                FloatVector.fromArray(SPECIES, query, queryOffset + last)
                    .mul(
                        ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * last, ORDER)
                            .castShape(INTS, 0)
                            .lanewise(VectorOperators.LSHL, 13)
                            .lanewise(VectorOperators.AND, KEPT_BITS)
                            .reinterpretAsFloats()
                            .mul(EXPONENT_RATIO)),
                fresh);
        i = dimension;
      }
      float result = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        result +=
            query[queryOffset + i]
                * Float.float16ToFloat(rows.get(LittleEndian.SHORT, offset + 2L * i));
      }
      scores[row] = result;
      offset += rowBytes;
    }
    ReadAhead.keep(touched);
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
    int rowBytes = 2 * dimension;
    int last = dimension - LANES;
    int whole = dimension - dimension % LANES;
    VectorMask<Float> fresh = SPECIES.indexInRange(0, Math.max(0, whole - last)).not();
    long readAheadLimit = rows.byteSize() - 1;
    long nextPage = firstOffset;
    int touched = 0;
    long offset = firstOffset;
    for (int row = 0; row < count; row++) {
      for (; nextPage <= offset; nextPage += ReadAhead.PAGE_BYTES) {
        long ahead = Math.min(readAheadLimit, nextPage + ReadAhead.DISTANCE_BYTES);
        touched |= rows.get(LittleEndian.BYTE, ahead);
      }
      FloatVector product0 = FloatVector.zero(SPECIES);
      FloatVector product1 = FloatVector.zero(SPECIES);
      FloatVector square0 = FloatVector.zero(SPECIES);
      FloatVector square1 = FloatVector.zero(SPECIES);
      int i = 0;
      for (; i <= dimension - 2 * LANES; i += 2 * LANES) {
        FloatVector part0 =
            ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                .castShape(INTS, 0)
                .lanewise(VectorOperators.LSHL, 13)
                .lanewise(VectorOperators.AND, KEPT_BITS)
                .reinterpretAsFloats()
                .mul(EXPONENT_RATIO);
        FloatVector part1 =
            ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * (i + LANES), ORDER)
                .castShape(INTS, 0)
                .lanewise(VectorOperators.LSHL, 13)
                .lanewise(VectorOperators.AND, KEPT_BITS)
                .reinterpretAsFloats()
                .mul(EXPONENT_RATIO);
        product0 = part0.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product0);
        square0 = part0.fma(part0, square0);
        product1 =
            part1.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES), product1);
        square1 = part1.fma(part1, square1);
      }
      for (; i <= last; i += LANES) {
        FloatVector part =
            ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * i, ORDER)
                .castShape(INTS, 0)
                .lanewise(VectorOperators.LSHL, 13)
                .lanewise(VectorOperators.AND, KEPT_BITS)
                .reinterpretAsFloats()
                .mul(EXPONENT_RATIO);
        product0 = part.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product0);
        square0 = part.fma(part, square0);
      }
      if (i < dimension && last >= 0) {
        FloatVector part =
            ShortVector.fromMemorySegment(HALVES, rows, offset + 2L * last, ORDER)
                .castShape(INTS, 0)
                .lanewise(VectorOperators.LSHL, 13)
                .lanewise(VectorOperators.AND, KEPT_BITS)
                .reinterpretAsFloats()
                .mul(EXPONENT_RATIO);
        product1 =
            product1.add(
                part.mul(FloatVector.fromArray(SPECIES, query, queryOffset + last)), fresh);
        square1 = square1.add(part.mul(part), fresh);
        i = dimension;
      }
      float product = product0.add(product1).reduceLanes(VectorOperators.ADD);
      float square = square0.add(square1).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        float value = Float.float16ToFloat(rows.get(LittleEndian.SHORT, offset + 2L * i));
        product += query[queryOffset + i] * value;
        square += value * value;
      }
      scores[row] = UnitVectors.cosine(product, square);
      offset += rowBytes;
    }
    ReadAhead.keep(touched);
  }
}
