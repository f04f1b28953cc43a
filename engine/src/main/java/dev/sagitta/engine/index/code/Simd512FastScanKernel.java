package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for vectors of 64 bytes: a line of codes and its four tables are one
 * vector each. Looked up bytes are added up as 16-bit numbers, once as they are and once shifted
 * down to the odd bytes; the even ones follow by subtraction at the end.
 */
final class Simd512FastScanKernel implements FastScanKernel {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final VectorSpecies<Short> HALF_SHORTS = ShortVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Where the tables of low and of high bits begin, in each half of a line. */
  private static final ByteVector LOW_TABLES = tables(0, 32);

  private static final ByteVector HIGH_TABLES = tables(16, 48);

  private static ByteVector tables(int firstHalf, int secondHalf) {
    byte[] starts = new byte[64];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (byte) (i < 32 ? firstHalf : secondHalf);
    }
    return ByteVector.fromArray(BYTES, starts, 0);
  }

  @Override
  public int sums(
      MemorySegment codes, long offset, int lines, byte[] tables, int limit, short[] sums) {
    ShortVector all = ShortVector.zero(SHORTS);
    ShortVector odd = ShortVector.zero(SHORTS);
    for (int line = 0; line < lines; line++) {
      ByteVector numbers = ByteVector.fromMemorySegment(BYTES, codes, offset + 64L * line, ORDER);
      ByteVector table = ByteVector.fromArray(BYTES, tables, 64 * line);
      ShortVector low =
          numbers.and((byte) 0xf).or(LOW_TABLES).selectFrom(table).reinterpretAsShorts();
      ShortVector high =
          numbers
              .reinterpretAsShorts()
              .lanewise(VectorOperators.LSHR, 4)
              .reinterpretAsBytes()
              .and((byte) 0xf)
              .or(HIGH_TABLES)
              .selectFrom(table)
              .reinterpretAsShorts();
      all = all.add(low).add(high);
      odd =
          odd.add(low.lanewise(VectorOperators.LSHR, 8))
              .add(high.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8));
    ((ShortVector) even.reinterpretShape(HALF_SHORTS, 0))
        .add((ShortVector) even.reinterpretShape(HALF_SHORTS, 1))
        .intoArray(sums, 0);
    ((ShortVector) odd.reinterpretShape(HALF_SHORTS, 0))
        .add((ShortVector) odd.reinterpretShape(HALF_SHORTS, 1))
        .intoArray(sums, 16);
    return (int)
        ShortVector.fromArray(SHORTS, sums, 0).compare(VectorOperators.ULE, (short) limit).toLong();
  }
}
