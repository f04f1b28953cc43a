package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Plain loops: the specification that the Vector API twins are tested against, and a fallback. */
final class PlainLoopFastScanKernel implements FastScanKernel {
  private static final int HALF_LINE = 32;

  @Override
  public int sums(
      MemorySegment codes, long offset, int lines, byte[] tables, int limit, short[] sums) {
    int near = 0;
    for (int lane = 0; lane < HALF_LINE; lane++) {
      int sum = 0;
      for (int line = 0; line < lines; line++) {
        int table = 64 * line;
        int first = codes.get(LittleEndian.BYTE, offset + table + lane);
        int second = codes.get(LittleEndian.BYTE, offset + table + HALF_LINE + lane);
        sum +=
            (tables[table + (first & 0xf)] & 0xff)
                + (tables[table + 16 + ((first >> 4) & 0xf)] & 0xff)
                + (tables[table + 32 + (second & 0xf)] & 0xff)
                + (tables[table + 48 + ((second >> 4) & 0xf)] & 0xff);
      }
      int slot = lane % 2 == 0 ? lane / 2 : FastScanCode.SLOTS / 2 + lane / 2;
      sums[slot] = (short) sum;
      if (sum <= limit) {
        near |= 1 << slot;
      }
    }
    return near;
  }
}
