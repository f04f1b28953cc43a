package dev.sagitta.engine.vector;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation: counts the bits of 64-bit lanes, then of what is left by words of 64
 * bits, then by bytes. The loops are written out in each method: vectors that pass through small
 * helper methods can end up allocated on the heap when one of them is not inlined.
 */
final class SimdBinaryVectorKernel implements BinaryVectorKernel {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = SPECIES.withLanes(byte.class);
  private static final int WIDTH = BYTES.length();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ORDER);

  @Override
  public String name() {
    return "simd-binary-" + SPECIES.vectorBitSize();
  }

  @Override
  public int hammingDistance(
      byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes) {
    LongVector differences = LongVector.zero(SPECIES);
    int i = 0;
    for (; i <= bytes - WIDTH; i += WIDTH) {
      LongVector part = ByteVector.fromArray(BYTES, query, queryOffset + i).reinterpretAsLongs();
      differences =
          differences.add(
              part.lanewise(
                      VectorOperators.XOR,
                      LongVector.fromMemorySegment(SPECIES, rows, rowOffset + i, ORDER))
                  .lanewise(VectorOperators.BIT_COUNT));
    }
    long difference = differences.reduceLanes(VectorOperators.ADD);
    for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(query, queryOffset + i);
      difference += Long.bitCount(word ^ rows.get(LittleEndian.LONG, rowOffset + i));
    }
    for (; i < bytes; i++) {
      int value = query[queryOffset + i] & 0xff;
      difference += Integer.bitCount(value ^ (rows.get(LittleEndian.BYTE, rowOffset + i) & 0xff));
    }
    return (int) difference;
  }

  @Override
  public void hammingDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores) {
    LongVector differences0 = LongVector.zero(SPECIES);
    LongVector differences1 = LongVector.zero(SPECIES);
    LongVector differences2 = LongVector.zero(SPECIES);
    LongVector differences3 = LongVector.zero(SPECIES);
    int i = 0;
    for (; i <= bytes - WIDTH; i += WIDTH) {
      LongVector part = ByteVector.fromArray(BYTES, query, queryOffset + i).reinterpretAsLongs();
      differences0 =
          differences0.add(
              part.lanewise(
                      VectorOperators.XOR,
                      LongVector.fromMemorySegment(SPECIES, rows, rowOffset0 + i, ORDER))
                  .lanewise(VectorOperators.BIT_COUNT));
      differences1 =
          differences1.add(
              part.lanewise(
                      VectorOperators.XOR,
                      LongVector.fromMemorySegment(SPECIES, rows, rowOffset1 + i, ORDER))
                  .lanewise(VectorOperators.BIT_COUNT));
      differences2 =
          differences2.add(
              part.lanewise(
                      VectorOperators.XOR,
                      LongVector.fromMemorySegment(SPECIES, rows, rowOffset2 + i, ORDER))
                  .lanewise(VectorOperators.BIT_COUNT));
      differences3 =
          differences3.add(
              part.lanewise(
                      VectorOperators.XOR,
                      LongVector.fromMemorySegment(SPECIES, rows, rowOffset3 + i, ORDER))
                  .lanewise(VectorOperators.BIT_COUNT));
    }
    long difference0 = differences0.reduceLanes(VectorOperators.ADD);
    long difference1 = differences1.reduceLanes(VectorOperators.ADD);
    long difference2 = differences2.reduceLanes(VectorOperators.ADD);
    long difference3 = differences3.reduceLanes(VectorOperators.ADD);
    for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(query, queryOffset + i);
      difference0 += Long.bitCount(word ^ rows.get(LittleEndian.LONG, rowOffset0 + i));
      difference1 += Long.bitCount(word ^ rows.get(LittleEndian.LONG, rowOffset1 + i));
      difference2 += Long.bitCount(word ^ rows.get(LittleEndian.LONG, rowOffset2 + i));
      difference3 += Long.bitCount(word ^ rows.get(LittleEndian.LONG, rowOffset3 + i));
    }
    for (; i < bytes; i++) {
      int value = query[queryOffset + i] & 0xff;
      difference0 += Integer.bitCount(value ^ (rows.get(LittleEndian.BYTE, rowOffset0 + i) & 0xff));
      difference1 += Integer.bitCount(value ^ (rows.get(LittleEndian.BYTE, rowOffset1 + i) & 0xff));
      difference2 += Integer.bitCount(value ^ (rows.get(LittleEndian.BYTE, rowOffset2 + i) & 0xff));
      difference3 += Integer.bitCount(value ^ (rows.get(LittleEndian.BYTE, rowOffset3 + i) & 0xff));
    }
    scores[0] = difference0;
    scores[1] = difference1;
    scores[2] = difference2;
    scores[3] = difference3;
  }

  @Override
  public float jaccardDistance(
      byte[] query, int queryOffset, MemorySegment rows, long rowOffset, int bytes) {
    LongVector commons = LongVector.zero(SPECIES);
    LongVector eithers = LongVector.zero(SPECIES);
    int i = 0;
    for (; i <= bytes - WIDTH; i += WIDTH) {
      LongVector part = ByteVector.fromArray(BYTES, query, queryOffset + i).reinterpretAsLongs();
      LongVector row = LongVector.fromMemorySegment(SPECIES, rows, rowOffset + i, ORDER);
      commons = commons.add(part.and(row).lanewise(VectorOperators.BIT_COUNT));
      eithers = eithers.add(part.or(row).lanewise(VectorOperators.BIT_COUNT));
    }
    long common = commons.reduceLanes(VectorOperators.ADD);
    long either = eithers.reduceLanes(VectorOperators.ADD);
    for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(query, queryOffset + i);
      long rowWord = rows.get(LittleEndian.LONG, rowOffset + i);
      common += Long.bitCount(word & rowWord);
      either += Long.bitCount(word | rowWord);
    }
    for (; i < bytes; i++) {
      int value = query[queryOffset + i] & 0xff;
      int rowByte = rows.get(LittleEndian.BYTE, rowOffset + i) & 0xff;
      common += Integer.bitCount(value & rowByte);
      either += Integer.bitCount(value | rowByte);
    }
    return JaccardDistances.of(common, either);
  }

  @Override
  public void jaccardDistances(
      byte[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int bytes,
      float[] scores) {
    LongVector commons0 = LongVector.zero(SPECIES);
    LongVector commons1 = LongVector.zero(SPECIES);
    LongVector commons2 = LongVector.zero(SPECIES);
    LongVector commons3 = LongVector.zero(SPECIES);
    LongVector eithers0 = LongVector.zero(SPECIES);
    LongVector eithers1 = LongVector.zero(SPECIES);
    LongVector eithers2 = LongVector.zero(SPECIES);
    LongVector eithers3 = LongVector.zero(SPECIES);
    int i = 0;
    for (; i <= bytes - WIDTH; i += WIDTH) {
      LongVector part = ByteVector.fromArray(BYTES, query, queryOffset + i).reinterpretAsLongs();
      LongVector row0 = LongVector.fromMemorySegment(SPECIES, rows, rowOffset0 + i, ORDER);
      commons0 = commons0.add(part.and(row0).lanewise(VectorOperators.BIT_COUNT));
      eithers0 = eithers0.add(part.or(row0).lanewise(VectorOperators.BIT_COUNT));
      LongVector row1 = LongVector.fromMemorySegment(SPECIES, rows, rowOffset1 + i, ORDER);
      commons1 = commons1.add(part.and(row1).lanewise(VectorOperators.BIT_COUNT));
      eithers1 = eithers1.add(part.or(row1).lanewise(VectorOperators.BIT_COUNT));
      LongVector row2 = LongVector.fromMemorySegment(SPECIES, rows, rowOffset2 + i, ORDER);
      commons2 = commons2.add(part.and(row2).lanewise(VectorOperators.BIT_COUNT));
      eithers2 = eithers2.add(part.or(row2).lanewise(VectorOperators.BIT_COUNT));
      LongVector row3 = LongVector.fromMemorySegment(SPECIES, rows, rowOffset3 + i, ORDER);
      commons3 = commons3.add(part.and(row3).lanewise(VectorOperators.BIT_COUNT));
      eithers3 = eithers3.add(part.or(row3).lanewise(VectorOperators.BIT_COUNT));
    }
    long common0 = commons0.reduceLanes(VectorOperators.ADD);
    long common1 = commons1.reduceLanes(VectorOperators.ADD);
    long common2 = commons2.reduceLanes(VectorOperators.ADD);
    long common3 = commons3.reduceLanes(VectorOperators.ADD);
    long either0 = eithers0.reduceLanes(VectorOperators.ADD);
    long either1 = eithers1.reduceLanes(VectorOperators.ADD);
    long either2 = eithers2.reduceLanes(VectorOperators.ADD);
    long either3 = eithers3.reduceLanes(VectorOperators.ADD);
    for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(query, queryOffset + i);
      long rowWord0 = rows.get(LittleEndian.LONG, rowOffset0 + i);
      common0 += Long.bitCount(word & rowWord0);
      either0 += Long.bitCount(word | rowWord0);
      long rowWord1 = rows.get(LittleEndian.LONG, rowOffset1 + i);
      common1 += Long.bitCount(word & rowWord1);
      either1 += Long.bitCount(word | rowWord1);
      long rowWord2 = rows.get(LittleEndian.LONG, rowOffset2 + i);
      common2 += Long.bitCount(word & rowWord2);
      either2 += Long.bitCount(word | rowWord2);
      long rowWord3 = rows.get(LittleEndian.LONG, rowOffset3 + i);
      common3 += Long.bitCount(word & rowWord3);
      either3 += Long.bitCount(word | rowWord3);
    }
    for (; i < bytes; i++) {
      int value = query[queryOffset + i] & 0xff;
      int rowByte0 = rows.get(LittleEndian.BYTE, rowOffset0 + i) & 0xff;
      common0 += Integer.bitCount(value & rowByte0);
      either0 += Integer.bitCount(value | rowByte0);
      int rowByte1 = rows.get(LittleEndian.BYTE, rowOffset1 + i) & 0xff;
      common1 += Integer.bitCount(value & rowByte1);
      either1 += Integer.bitCount(value | rowByte1);
      int rowByte2 = rows.get(LittleEndian.BYTE, rowOffset2 + i) & 0xff;
      common2 += Integer.bitCount(value & rowByte2);
      either2 += Integer.bitCount(value | rowByte2);
      int rowByte3 = rows.get(LittleEndian.BYTE, rowOffset3 + i) & 0xff;
      common3 += Integer.bitCount(value & rowByte3);
      either3 += Integer.bitCount(value | rowByte3);
    }
    scores[0] = JaccardDistances.of(common0, either0);
    scores[1] = JaccardDistances.of(common1, either1);
    scores[2] = JaccardDistances.of(common2, either2);
    scores[3] = JaccardDistances.of(common3, either3);
  }
}
