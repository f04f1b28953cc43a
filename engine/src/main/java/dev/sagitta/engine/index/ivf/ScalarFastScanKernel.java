package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class ScalarFastScanKernel implements FastScanKernel {
  @Override
  public void sums(
      MemorySegment codes, long offset, int pairs, byte[] tables, short[] scratch, int[] sums) {
    Arrays.fill(sums, 0, ScannCodebooks.BLOCK, 0);
    for (int pair = 0; pair < pairs; pair++) {
      long start = offset + (long) pair * ScannCodebooks.BLOCK;
      int table = pair * 2 * ScannCodebooks.CENTROIDS;
      for (int row = 0; row < ScannCodebooks.BLOCK; row++) {
        int code = codes.get(LittleEndian.BYTE, start + row) & 0xff;
        sums[row] +=
            (tables[table + (code & 0xf)] & 0xff)
                + (tables[table + ScannCodebooks.CENTROIDS + (code >> 4)] & 0xff);
      }
    }
  }
}
