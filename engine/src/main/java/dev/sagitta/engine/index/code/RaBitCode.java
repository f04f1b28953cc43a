package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * RaBitQ: the vector less the sample's mean, randomly rotated, with only the sign of each number
 * kept, and an unbiased estimate of inner products with a bound on its error (Gao, Long: "RaBitQ:
 * Quantizing High-Dimensional Vectors with a Theoretical Error Bound", 2024). With more than one
 * bit a number it is the extended form (Gao et al. 2024): the point of a grid that has the least
 * angle to the vector. We look for that point among a fixed number of scales, where the paper
 * enumerates all that matter.
 *
 * <p>A code of a vector {@code o} (rotated, p numbers) is, with {@code y} the grid point:
 *
 * <pre>
 * 0          bits times p / 64 words of 64 bits: plane k has bit k of each number's level;
 *            y = level - (2^bits - 1) / 2
 * codeBytes - 12  float32 squared norm of o
 * codeBytes - 8   float32 factor: squared norm of o / inner product of y and o
 * codeBytes - 4   float32 error: norm of what of o is not along y, times norm of o over its part
 *                 along y
 * </pre>
 */
final class RaBitCode implements VectorCode {
  static final String NAME = "RABITQ";
  static final String BITS = "bits";
  static final int BITS_MAX = 8;
  private static final int FACTOR_BYTES = 12;

  private final MetricType metric;
  private final int dimension;
  private final int bits;
  private final int seed;
  private final float[] mean;
  private final int paddedDimension;
  private final RandomRotation rotation;

  RaBitCode(MetricType metric, int bits, int seed, float[] mean) {
    this.metric = requireNonNull(metric, "metric is null");
    this.mean = requireNonNull(mean, "mean is null");
    this.dimension = mean.length;
    this.bits = bits;
    this.seed = seed;
    this.paddedDimension = Math.ceilDiv(dimension, Long.SIZE) * Long.SIZE;
    this.rotation = new RandomRotation(paddedDimension, seed);
  }

  /** Learns the mean, all there is to learn. */
  static RaBitCode train(MetricType metric, int bits, TrainingSample sample, long seed) {
    IndexParameters.requireInRange(BITS, bits, 1, BITS_MAX);
    int dimension = sample.dimension();
    double[] sums = new double[dimension];
    for (int row = 0; row < sample.rowCount(); row++) {
      for (int i = 0; i < dimension; i++) {
        sums[i] += sample.values()[row * dimension + i];
      }
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sums[i] / Math.max(1, sample.rowCount()));
    }
    return new RaBitCode(metric, bits, (int) (seed ^ (seed >>> 32)), mean);
  }

  static RaBitCode open(CodeImage image) {
    image.requireValues(image.dimension());
    int bits = image.parameter0();
    if (bits < 1 || bits > BITS_MAX) {
      throw CodeImage.corrupt("bits of 1 to " + BITS_MAX, bits);
    }
    return new RaBitCode(image.metric(), bits, image.parameter1(), image.values());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MetricType metric() {
    return metric;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int codeBytes() {
    return bits * planeBytes() + FACTOR_BYTES;
  }

  int bits() {
    return bits;
  }

  int paddedDimension() {
    return paddedDimension;
  }

  int planeBytes() {
    return paddedDimension / Byte.SIZE;
  }

  long squaredNormOffset() {
    return (long) bits * planeBytes();
  }

  long factorOffset() {
    return squaredNormOffset() + Float.BYTES;
  }

  long errorOffset() {
    return factorOffset() + Float.BYTES;
  }

  float[] mean() {
    return mean;
  }

  /** Writes the vector, less the mean if so wanted, rotated to all of {@code target}. */
  void rotate(float[] vector, int offset, boolean centred, float[] target) {
    for (int i = 0; i < dimension; i++) {
      target[i] = centred ? vector[offset + i] - mean[i] : vector[offset + i];
    }
    Arrays.fill(target, dimension, paddedDimension, 0f);
    rotation.apply(target);
  }

  @Override
  public CodeEncoder newEncoder() {
    return new Encoder();
  }

  @Override
  public CodeScorer newScorer() {
    return new RaBitCodeScorer(this, RaBitKernels.preferred());
  }

  @Override
  public MemorySegment toBytes() {
    return new CodeImage(NAME, metric, dimension, bits, seed, 0, mean).toBytes();
  }

  private final class Encoder implements CodeEncoder {
    private final float[] rotated = new float[paddedDimension];
    private final int[] levels = new int[paddedDimension];
    private final GridDirection grid = new GridDirection(bits);

    @Override
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      rotate(vector, offset, true, rotated);
      double squaredNorm = 0;
      for (float value : rotated) {
        squaredNorm += value * value;
      }
      grid.nearest(rotated, levels);
      double middle = ((1 << bits) - 1) / 2.0;
      double product = 0;
      double gridSquaredNorm = 0;
      for (int i = 0; i < paddedDimension; i++) {
        double y = levels[i] - middle;
        product += y * rotated[i];
        gridSquaredNorm += y * y;
      }
      double factor = product > 0 ? squaredNorm / product : 0;
      double along = product * product / gridSquaredNorm;
      double error =
          along > 0
              ? Math.sqrt(Math.max(0, squaredNorm - along)) * Math.sqrt(squaredNorm / along)
              : 0;
      writePlanes(target, targetOffset);
      target.set(LittleEndian.FLOAT, targetOffset + squaredNormOffset(), (float) squaredNorm);
      target.set(LittleEndian.FLOAT, targetOffset + factorOffset(), (float) factor);
      target.set(LittleEndian.FLOAT, targetOffset + errorOffset(), (float) error);
    }

    private void writePlanes(MemorySegment target, long targetOffset) {
      for (int plane = 0; plane < bits; plane++) {
        for (int first = 0; first < paddedDimension; first += Long.SIZE) {
          long word = 0;
          for (int i = 0; i < Long.SIZE; i++) {
            word |= (long) ((levels[first + i] >> plane) & 1) << i;
          }
          long at = targetOffset + (long) plane * planeBytes() + first / Byte.SIZE;
          target.set(LittleEndian.LONG, at, word);
        }
      }
    }

    @Override
    public void decode(MemorySegment codes, long codeOffset, float[] target, int targetOffset) {
      float middle = ((1 << bits) - 1) / 2f;
      // The estimate of an inner product is the one with this multiple of the grid point.
      float factor = codes.get(LittleEndian.FLOAT, codeOffset + factorOffset());
      for (int i = 0; i < paddedDimension; i++) {
        int level = 0;
        for (int plane = 0; plane < bits; plane++) {
          long at = codeOffset + (long) plane * planeBytes() + i / Byte.SIZE;
          level |= ((codes.get(LittleEndian.BYTE, at) >> (i % Byte.SIZE)) & 1) << plane;
        }
        rotated[i] = factor * (level - middle);
      }
      rotation.invert(rotated);
      for (int i = 0; i < dimension; i++) {
        target[targetOffset + i] = rotated[i] + mean[i];
      }
    }
  }
}
