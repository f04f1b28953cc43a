package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Estimates distances from RaBitQ codes. With {@code u} the levels of the code, {@code c} their
 * middle and {@code q} the rotated query, the inner product of query and vector is {@code factor *
 * (sum(u * q) - c * sum(q))}, and the sum over {@code u} is one of sums over set bits. A quantized
 * query has {@code q = lowest + step * k} with whole {@code k} instead.
 */
final class RaBitCodeScorer implements RaBitScorer {
  /** The paper's epsilon: the error exceeds the bound practically never. */
  private static final float CONFIDENCE = 1.9f;

  private final RaBitCode code;
  private final RaBitKernel kernel;
  private final int words;
  private final float middle;
  private final float[] rotated;
  private final long[] planes;
  private int queryBits;
  private float sum;
  private float squaredNorm;
  private float meanProduct;
  private float lowest;
  private float step;

  RaBitCodeScorer(RaBitCode code, RaBitKernel kernel) {
    this.code = requireNonNull(code, "code is null");
    this.kernel = requireNonNull(kernel, "kernel is null");
    this.words = code.paddedDimension() / Long.SIZE;
    this.middle = ((1 << code.bits()) - 1) / 2f;
    this.rotated = new float[code.paddedDimension()];
    this.planes = new long[QUERY_BITS_MAX * words];
  }

  @Override
  public void setQueryBits(int bits) {
    if (bits < 0 || bits > QUERY_BITS_MAX) {
      throw new IllegalArgumentException("bits of a query must be 0 to 8: bits=" + bits);
    }
    queryBits = bits;
  }

  @Override
  public void setQuery(float[] query, int offset) {
    boolean centred = code.metric() == MetricType.L2;
    code.rotate(query, offset, centred, rotated);
    float total = 0;
    float squares = 0;
    for (float value : rotated) {
      total += value;
      squares += value * value;
    }
    sum = total;
    squaredNorm = squares;
    meanProduct = 0;
    if (!centred) {
      float[] mean = code.mean();
      for (int i = 0; i < mean.length; i++) {
        meanProduct += mean[i] * query[offset + i];
      }
    }
    if (queryBits > 0) {
      quantize();
    }
  }

  private void quantize() {
    float minimum = rotated[0];
    float maximum = rotated[0];
    for (float value : rotated) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
    int highest = (1 << queryBits) - 1;
    lowest = minimum;
    step = (maximum - minimum) / highest;
    Arrays.fill(planes, 0);
    for (int i = 0; i < rotated.length; i++) {
      int level = step == 0 ? 0 : Math.clamp(Math.round((rotated[i] - lowest) / step), 0, highest);
      for (int plane = 0; plane < queryBits; plane++) {
        planes[plane * words + (i >> 6)] |= (long) ((level >> plane) & 1) << (i & 63);
      }
    }
  }

  @Override
  public float distance(MemorySegment codes, long codeOffset) {
    float weighted = queryBits == 0 ? floatSum(codes, codeOffset) : wholeSum(codes, codeOffset);
    float factor = codes.get(LittleEndian.FLOAT, codeOffset + code.factorOffset());
    float product = factor * (weighted - middle * sum);
    if (code.metric() == MetricType.L2) {
      float norm = codes.get(LittleEndian.FLOAT, codeOffset + code.squaredNormOffset());
      // What is practically the same vector must not seem to be nearer than that.
      return Math.max(0, norm + squaredNorm - 2 * product);
    }
    return -(meanProduct + product);
  }

  private float floatSum(MemorySegment codes, long codeOffset) {
    float weighted = 0;
    for (int plane = 0; plane < code.bits(); plane++) {
      long at = codeOffset + (long) plane * code.planeBytes();
      weighted += (1 << plane) * kernel.sumOfSet(rotated, codes, at, words);
    }
    return weighted;
  }

  private float wholeSum(MemorySegment codes, long codeOffset) {
    long weighted = 0;
    long levels = 0;
    for (int plane = 0; plane < code.bits(); plane++) {
      long at = codeOffset + (long) plane * code.planeBytes();
      weighted += kernel.weightedBitCount(planes, queryBits, codes, at, words) << plane;
      levels += (long) kernel.bitCount(codes, at, words) << plane;
    }
    return step * weighted + lowest * levels;
  }

  @Override
  public float errorBound(MemorySegment codes, long codeOffset) {
    float error = codes.get(LittleEndian.FLOAT, codeOffset + code.errorOffset());
    float bound =
        CONFIDENCE
            * error
            * (float) Math.sqrt(squaredNorm / Math.max(1, code.paddedDimension() - 1));
    return code.metric() == MetricType.L2 ? 2 * bound : bound;
  }
}
