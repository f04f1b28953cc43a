package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for rows of int8, see {@link ReadAhead} for what it does beside
 * comparing. The loops are written out in each method, as in the {@link VectorKernel} of the type.
 */
final class SimdInt8ScanKernel implements ScanKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 4));

  @Override
  public String name() {
    return "simd-scan-int8-" + SPECIES.vectorBitSize();
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
    int rowBytes = dimension;
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
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER)
                            .castShape(SPECIES, 0)));
        FloatVector difference1 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
                .sub(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + LANES, ORDER)
                            .castShape(SPECIES, 0)));
        FloatVector difference2 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 2 * LANES)
                .sub(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + 2L * LANES, ORDER)
                            .castShape(SPECIES, 0)));
        FloatVector difference3 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 3 * LANES)
                .sub(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + 3L * LANES, ORDER)
                            .castShape(SPECIES, 0)));
        sum0 = difference0.fma(difference0, sum0);
        sum1 = difference1.fma(difference1, sum1);
        sum2 = difference2.fma(difference2, sum2);
        sum3 = difference3.fma(difference3, sum3);
      }
      for (; i <= last; i += LANES) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .sub(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER)
                            .castShape(SPECIES, 0)));
        sum0 = difference.fma(difference, sum0);
      }
      if (i < dimension && last >= 0) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, query, queryOffset + last)
                .sub(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + last, ORDER)
                            .castShape(SPECIES, 0)));
        sum1 = sum1.add(difference.mul(difference), fresh);
        i = dimension;
      }
      float result = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        float difference = query[queryOffset + i] - rows.get(LittleEndian.BYTE, offset + i);
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
    int rowBytes = dimension;
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
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER)
                            .castShape(SPECIES, 0)),
                    sum0);
        sum1 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES)
                .fma(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + LANES, ORDER)
                            .castShape(SPECIES, 0)),
                    sum1);
        sum2 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 2 * LANES)
                .fma(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + 2L * LANES, ORDER)
                            .castShape(SPECIES, 0)),
                    sum2);
        sum3 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i + 3 * LANES)
                .fma(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i + 3L * LANES, ORDER)
                            .castShape(SPECIES, 0)),
                    sum3);
      }
      for (; i <= last; i += LANES) {
        sum0 =
            FloatVector.fromArray(SPECIES, query, queryOffset + i)
                .fma(
                    ((FloatVector)
                        ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER)
                            .castShape(SPECIES, 0)),
                    sum0);
      }
      if (i < dimension && last >= 0) {
        sum1 =
            sum1.add(
                FloatVector.fromArray(SPECIES, query, queryOffset + last)
                    .mul(
                        ((FloatVector)
                            ByteVector.fromMemorySegment(BYTES, rows, offset + last, ORDER)
                                .castShape(SPECIES, 0))),
                fresh);
        i = dimension;
      }
      float result = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        result += query[queryOffset + i] * rows.get(LittleEndian.BYTE, offset + i);
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
    int rowBytes = dimension;
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
            ((FloatVector)
                ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER).castShape(SPECIES, 0));
        FloatVector part1 =
            ((FloatVector)
                ByteVector.fromMemorySegment(BYTES, rows, offset + i + LANES, ORDER)
                    .castShape(SPECIES, 0));
        product0 = part0.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product0);
        square0 = part0.fma(part0, square0);
        product1 =
            part1.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i + LANES), product1);
        square1 = part1.fma(part1, square1);
      }
      for (; i <= last; i += LANES) {
        FloatVector part =
            ((FloatVector)
                ByteVector.fromMemorySegment(BYTES, rows, offset + i, ORDER).castShape(SPECIES, 0));
        product0 = part.fma(FloatVector.fromArray(SPECIES, query, queryOffset + i), product0);
        square0 = part.fma(part, square0);
      }
      if (i < dimension && last >= 0) {
        FloatVector part =
            ((FloatVector)
                ByteVector.fromMemorySegment(BYTES, rows, offset + last, ORDER)
                    .castShape(SPECIES, 0));
        product1 =
            product1.add(
                part.mul(FloatVector.fromArray(SPECIES, query, queryOffset + last)), fresh);
        square1 = square1.add(part.mul(part), fresh);
        i = dimension;
      }
      float product = product0.add(product1).reduceLanes(VectorOperators.ADD);
      float square = square0.add(square1).reduceLanes(VectorOperators.ADD);
      for (; i < dimension; i++) {
        float value = rows.get(LittleEndian.BYTE, offset + i);
        product += query[queryOffset + i] * value;
        square += value * value;
      }
      scores[row] = UnitVectors.cosine(product, square);
      offset += rowBytes;
    }
    ReadAhead.keep(touched);
  }
}
