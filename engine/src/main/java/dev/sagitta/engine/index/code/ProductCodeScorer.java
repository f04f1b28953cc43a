package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Asymmetric distances: per query a table of the contribution of each centroid, per code a sum of
 * looked up entries.
 */
final class ProductCodeScorer implements CodeScorer {
  private final ProductCode code;
  private final ProductCodebooks codebooks;
  private final CentroidKernel kernel;
  private final float[] table;
  private final int lookups;
  private final int bits;
  private float base;

  ProductCodeScorer(ProductCode code, CentroidKernel kernel) {
    this.code = requireNonNull(code, "code is null");
    this.kernel = requireNonNull(kernel, "kernel is null");
    this.codebooks = code.codebooks();
    this.bits = codebooks.bits();
    this.lookups = codebooks.levels() * codebooks.parts();
    this.table = new float[lookups << bits];
  }

  @Override
  public void setQuery(float[] query, int offset) {
    int length = codebooks.partDimension();
    int count = codebooks.centroids();
    float[] values = codebooks.values();
    boolean distances = code.metric() == MetricType.L2 && !code.hasNorm();
    float scale = code.metric() == MetricType.L2 ? -2 : -1;
    for (int lookup = 0; lookup < lookups; lookup++) {
      int from = offset + (lookup % codebooks.parts()) * length;
      int centroids = (lookup * length) << bits;
      int entry = lookup << bits;
      if (distances) {
        kernel.squaredDistances(query, from, length, values, centroids, count, table, entry);
      } else {
        kernel.scaledProducts(query, from, length, values, centroids, count, scale, table, entry);
      }
    }
    base = code.hasNorm() ? squaredNorm(query, offset) : 0;
  }

  private float squaredNorm(float[] query, int offset) {
    float sum = 0;
    for (int i = 0; i < codebooks.dimension(); i++) {
      sum += query[offset + i] * query[offset + i];
    }
    return sum;
  }

  @Override
  public float distance(MemorySegment codes, long codeOffset) {
    float sum =
        switch (bits) {
          case 8 -> sumOfBytes(codes, codeOffset);
          case 4 -> sumOfHalfBytes(codes, codeOffset);
          default -> sumOfNumbers(codes, codeOffset);
        };
    if (code.hasNorm()) {
      sum += codes.get(LittleEndian.FLOAT, codeOffset + code.normOffset());
    }
    return base + sum;
  }

  private float sumOfBytes(MemorySegment codes, long offset) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i <= lookups - 4; i += 4) {
      int numbers = codes.get(LittleEndian.INT, offset + i);
      int entry = i << 8;
      sum0 += table[entry + (numbers & 0xff)];
      sum1 += table[entry + 256 + ((numbers >>> 8) & 0xff)];
      sum2 += table[entry + 512 + ((numbers >>> 16) & 0xff)];
      sum3 += table[entry + 768 + (numbers >>> 24)];
    }
    for (; i < lookups; i++) {
      sum0 += table[(i << 8) + (codes.get(LittleEndian.BYTE, offset + i) & 0xff)];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private float sumOfHalfBytes(MemorySegment codes, long offset) {
    float sum0 = 0;
    float sum1 = 0;
    int i = 0;
    for (; i <= lookups - 2; i += 2) {
      int numbers = codes.get(LittleEndian.BYTE, offset + (i >> 1)) & 0xff;
      sum0 += table[(i << 4) + (numbers & 0xf)];
      sum1 += table[((i + 1) << 4) + (numbers >> 4)];
    }
    if (i < lookups) {
      sum0 += table[(i << 4) + (codes.get(LittleEndian.BYTE, offset + (i >> 1)) & 0xf)];
    }
    return sum0 + sum1;
  }

  private float sumOfNumbers(MemorySegment codes, long offset) {
    float sum = 0;
    for (int i = 0; i < lookups; i++) {
      sum += table[(i << bits) + PackedNumbers.read(codes, offset, i, bits)];
    }
    return sum;
  }
}
