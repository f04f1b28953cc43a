package dev.sagitta.engine.index.ivf;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API twin: a lookup is a shuffle of a table's bytes. Vectors of 64 bytes hold two pairs
 * of parts and their four tables, of 32 bytes one pair and its two tables, of 16 bytes half the
 * rows of a pair. Bytes are summed in shorts of two rows each, as in FAISS: once as they are and
 * once only the upper ones, which are taken off in the end.
 */
final class SimdFastScanKernel implements FastScanKernel {
  private static final int BLOCK = ScannCodebooks.BLOCK;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = BYTES.length();
  private static final boolean HALF_ROWS = LANES == 16;
  private static final ByteVector LOW_OFFSETS = offsets(0);
  private static final ByteVector HIGH_OFFSETS = offsets(HALF_ROWS ? 0 : 16);

  /** Whether the vectors here have one of the widths that fit. */
  static boolean isUsable() {
    return LANES == 64 || LANES == 32 || LANES == 16;
  }

  private static ByteVector offsets(int first) {
    byte[] offsets = new byte[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      offsets[lane] = (byte) (first + lane / BLOCK * BLOCK);
    }
    return ByteVector.fromArray(BYTES, offsets, 0);
  }

  @Override
  public void sums(
      MemorySegment codes, long offset, int pairs, byte[] tables, short[] scratch, int[] sums) {
    int bytes = pairs * BLOCK;
    int step = Math.max(LANES, BLOCK);
    for (int firstRow = 0; firstRow < BLOCK; firstRow += LANES) {
      ShortVector all = ShortVector.zero(SHORTS);
      ShortVector upper = ShortVector.zero(SHORTS);
      for (int i = 0; i < bytes; i += step) {
        ByteVector code =
            ByteVector.fromMemorySegment(
                BYTES, codes, offset + i + firstRow, ByteOrder.LITTLE_ENDIAN);
        ByteVector tableLow = ByteVector.fromArray(BYTES, tables, i);
        ByteVector tableHigh = HALF_ROWS ? ByteVector.fromArray(BYTES, tables, i + 16) : tableLow;
        ByteVector low = code.and((byte) 0xf).or(LOW_OFFSETS);
        ByteVector high =
            code.reinterpretAsShorts()
                .lanewise(VectorOperators.LSHR, 4)
                .reinterpretAsBytes()
                .and((byte) 0xf)
                .or(HIGH_OFFSETS);
        ShortVector lowEntries = low.selectFrom(tableLow).reinterpretAsShorts();
        ShortVector highEntries = high.selectFrom(tableHigh).reinterpretAsShorts();
        all = all.add(lowEntries).add(highEntries);
        upper =
            upper
                .add(lowEntries.lanewise(VectorOperators.LSHR, 8))
                .add(highEntries.lanewise(VectorOperators.LSHR, 8));
      }
      all.sub(upper.lanewise(VectorOperators.LSHL, 8)).intoArray(scratch, 0);
      upper.intoArray(scratch, SCRATCH / 2);
      gather(scratch, firstRow, sums);
    }
  }

  /** Rows lie two by two, even ones in the first half of the memory, odd ones in the second. */
  private static void gather(short[] scratch, int firstRow, int[] sums) {
    int odd = SCRATCH / 2;
    if (LANES == 2 * BLOCK) {
      for (int i = 0; i < BLOCK / 2; i++) {
        sums[2 * i] = (scratch[i] & 0xffff) + (scratch[i + BLOCK / 2] & 0xffff);
        sums[2 * i + 1] = (scratch[odd + i] & 0xffff) + (scratch[odd + i + BLOCK / 2] & 0xffff);
      }
    } else {
      for (int i = 0; i < LANES / 2; i++) {
        sums[firstRow + 2 * i] = scratch[i] & 0xffff;
        sums[firstRow + 2 * i + 1] = scratch[odd + i] & 0xffff;
      }
    }
  }
}
