package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Compares blocks of four-bit codes. The query's tables, of which {@link
 * CodeForm#PRODUCT_OF_RESIDUAL} needs one set for all lists, are rounded to bytes: each table less
 * its least entry, all by one step, so that their sums fit 16 bits.
 */
final class ScannScanner implements ListScanner {
  private static final FastScanKernel KERNEL = FastScanKernels.preferred();
  private static final int BLOCK = ScannCodebooks.BLOCK;
  private static final int ENTRIES = ScannCodebooks.CENTROIDS;
  private static final int ENTRY_MAX = 255;

  private final MetricType metric;
  private final ScannCodebooks codebooks;
  private final MemorySegment codes;
  private final MemorySegment constants;
  private final int pairs;
  private final long blockBytes;
  private final float[] exact;
  private final byte[] tables;
  private final short[] scratch = new short[FastScanKernel.SCRATCH];
  private final int[] sums = new int[BLOCK];
  private float tableBase;
  private float step;
  private float base;

  ScannScanner(IvfLists lists, ScannCodebooks codebooks) {
    this.metric = lists.metric();
    this.codebooks = codebooks;
    this.codes = lists.stored().codes();
    this.constants =
        CodeForm.PRODUCT_OF_RESIDUAL.hasConstants(metric)
            ? lists.stored().constants().orElseThrow()
            : null;
    this.pairs = lists.stored().rowBytes();
    this.blockBytes = (long) pairs * BLOCK;
    this.exact = new float[codebooks.parts() * ENTRIES];
    this.tables = new byte[pairs * 2 * ENTRIES];
  }

  @Override
  public void setQuery(QueryVector queryVector, float[] coarse, IvfEffort effort) {
    float scale = metric == MetricType.L2 ? -2 : -1;
    float widest = 0;
    float widths = 0;
    tableBase = 0;
    for (int part = 0; part < codebooks.parts(); part++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      int i = part * ScannCodebooks.PART;
      float query0 = scale * coarse[i];
      float query1 = i + 1 < coarse.length ? scale * coarse[i + 1] : 0;
      for (int entry = 0; entry < ENTRIES; entry++) {
        int at = part * ScannCodebooks.BOOK + entry * ScannCodebooks.PART;
        float value = query0 * codebooks.values()[at] + query1 * codebooks.values()[at + 1];
        exact[part * ENTRIES + entry] = value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      for (int entry = 0; entry < ENTRIES; entry++) {
        exact[part * ENTRIES + entry] -= least;
      }
      tableBase += least;
      widest = Math.max(widest, most - least);
      widths += most - least;
    }
    // Each entry may be rounded up by a half.
    float sumMax = 65_535f - codebooks.parts();
    step = Math.max(widest / ENTRY_MAX, widths / sumMax);
    float inverse = step > 0 ? 1 / step : 0;
    Arrays.fill(tables, (byte) 0);
    for (int i = 0; i < exact.length; i++) {
      tables[i] = (byte) Math.min(ENTRY_MAX, (int) (exact[i] * inverse + 0.5f));
    }
  }

  @Override
  public void enterList(int list, float coarseDistance) {
    base = coarseDistance + tableBase;
  }

  @Override
  public void distances(int from, int to, float[] target) {
    // Lists are made of whole blocks, and so are the pieces in which they are asked for.
    for (int position = from; position < to; position += BLOCK) {
      KERNEL.sums(codes, position / BLOCK * blockBytes, pairs, tables, scratch, sums);
      int place = position - from;
      int count = Math.min(BLOCK, to - position);
      if (constants == null) {
        for (int i = 0; i < count; i++) {
          target[place + i] = base + step * sums[i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          target[place + i] =
              base + step * sums[i] + constants.get(LittleEndian.FLOAT, 4L * (position + i));
        }
      }
    }
  }

  @Override
  public void distances(int[] positions, int[] rows, int count, float[] target) {
    int block = -1;
    for (int i = 0; i < count; i++) {
      if (positions[i] / BLOCK != block) {
        block = positions[i] / BLOCK;
        KERNEL.sums(codes, block * blockBytes, pairs, tables, scratch, sums);
      }
      float distance = base + step * sums[positions[i] % BLOCK];
      target[i] =
          constants == null
              ? distance
              : distance + constants.get(LittleEndian.FLOAT, 4L * positions[i]);
    }
  }
}
