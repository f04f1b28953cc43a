package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation for vectors of 32 bytes: half a line of codes and its two tables are
 * one vector each; otherwise as {@link Simd512FastScanKernel}.
 */
final class Simd256FastScanKernel implements FastScanKernel {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final byte HIGH_TABLE = 16;

  @Override
  public int sums(
      MemorySegment codes, long offset, int lines, byte[] tables, int limit, short[] sums) {
    ShortVector all = ShortVector.zero(SHORTS);
    ShortVector odd = ShortVector.zero(SHORTS);
    for (int half = 0; half < 2 * lines; half++) {
      ByteVector numbers = ByteVector.fromMemorySegment(BYTES, codes, offset + 32L * half, ORDER);
      ByteVector table = ByteVector.fromArray(BYTES, tables, 32 * half);
      ShortVector low = numbers.and((byte) 0xf).selectFrom(table).reinterpretAsShorts();
      ShortVector high =
          numbers
              .reinterpretAsShorts()
              .lanewise(VectorOperators.LSHR, 4)
              .reinterpretAsBytes()
              .and((byte) 0xf)
              .or(HIGH_TABLE)
              .selectFrom(table)
              .reinterpretAsShorts();
      all = all.add(low).add(high);
      odd =
          odd.add(low.lanewise(VectorOperators.LSHR, 8))
              .add(high.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8));
    even.intoArray(sums, 0);
    odd.intoArray(sums, 16);
    long nearEven = even.compare(VectorOperators.ULE, (short) limit).toLong();
    long nearOdd = odd.compare(VectorOperators.ULE, (short) limit).toLong();
    return (int) (nearEven | nearOdd << 16);
  }
}
