package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.UnitVectors;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A code for estimates of many distances at a time: the vector less the sample's mean, along the
 * principal axes that keep most of its variance, cut into parts of one or two numbers, each part as
 * the number of the nearest of 16 centroids. The tables of a query then fit into vector registers
 * and 32 codes are looked up at once by shuffles of bytes ({@link FastScanKernel}); after André,
 * Kermarrec, Le Scouarnec, "Cache locality is not enough: high-performance nearest neighbor search
 * with product quantization fast scan", 2015, and the rotation of Ge et al., "Optimized product
 * quantization", 2013. Unlike these we let tables saturate: a part that is far off needs no exact
 * value.
 *
 * <p>For COSINE vectors and queries are scaled to unit length and compared by squared distance.
 */
public final class FastScanCode {
  /** Codes that are compared at once. */
  public static final int SLOTS = 32;

  /** Parts in one 64-byte line of a block of codes. */
  static final int PARTS_PER_LINE = 4;

  static final int CENTROIDS = 16;
  private static final String NAME = "FASTSCAN";

  /** With fewer axes each number gets a part of its own: memory does not matter, bits do. */
  private static final int PAIRED_AXES_MIN = 64;

  private static final int BITS = 4;
  private static final VectorKernel KERNEL = VectorKernels.preferred();
  private static final int AXES_MAX = 256;
  private static final int AXES_SAMPLE_ROWS = 4096;
  private static final int CODEBOOK_SAMPLE_ROWS = 16384;

  /** Numbers in all axes that are learned, of 4 bytes each. */
  private static final int AXIS_VALUES_MAX = 1 << 21;

  /** Fewer axes lose neighbours, more cost time per query and memory per node. */
  private static final double VARIANCE_KEPT = 0.92;

  private final MetricType metric;
  private final int dimension;
  private final int parts;
  private final float[] mean;

  /** Axis by axis, outside the heap as all that kernels read. */
  private final MemorySegment axes;

  private final ProductCodebooks codebooks;

  private FastScanCode(MetricType metric, float[] mean, float[] axes, ProductCodebooks codebooks) {
    this.metric = requireNonNull(metric, "metric is null");
    this.mean = requireNonNull(mean, "mean is null");
    this.dimension = mean.length;
    this.codebooks = requireNonNull(codebooks, "codebooks is null");
    this.parts = codebooks.parts();
    this.axes = Arena.ofAuto().allocate(4L * axes.length, 64);
    MemorySegment.copy(axes, 0, this.axes, LittleEndian.FLOAT, 0, axes.length);
  }

  /**
   * Learns a code from a sample of the column.
   *
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  public static FastScanCode train(
      DenseVectorColumn vectors, MetricType metric, long seed, BuildProgress progress) {
    TrainingSample sample = TrainingSample.of(vectors, metric, CODEBOOK_SAMPLE_ROWS, seed);
    int dimension = sample.dimension();
    int wanted = Math.min(dimension, Math.clamp(AXIS_VALUES_MAX / dimension, 8, AXES_MAX));
    TrainingSample first =
        new TrainingSample(
            sample.values(), Math.min(sample.rowCount(), AXES_SAMPLE_ROWS), dimension);
    PrincipalAxes principal = PrincipalAxes.train(first, wanted, seed, progress);
    // Whole lines, if there are that many axes.
    int kept = principal.countFor(VARIANCE_KEPT, 2 * PARTS_PER_LINE);
    int padded = kept + kept % 2;
    int parts = padded < PAIRED_AXES_MIN ? padded : padded / 2;
    float[] axes = new float[padded * dimension];
    for (int i = 0; i < kept; i++) {
      // An axis of great and one of small variance share a part, so that no part is much worse.
      int position = i < padded / 2 ? 2 * i : 2 * (padded - 1 - i) + 1;
      System.arraycopy(principal.axis(i), 0, axes, position * dimension, dimension);
    }
    ProductCodebooks empty =
        new ProductCodebooks(padded, parts, BITS, 1, new float[padded * CENTROIDS]);
    FastScanCode untrained = new FastScanCode(metric, principal.mean(), axes, empty);
    float[] rotated = new float[sample.rowCount() * padded];
    float[] one = new float[padded + PARTS_PER_LINE];
    float[] centred = new float[dimension];
    float[] four = new float[4];
    for (int row = 0; row < sample.rowCount(); row++) {
      untrained.rotate(sample.values(), row * dimension, true, centred, one, four);
      System.arraycopy(one, 0, rotated, row * padded, padded);
    }
    ProductCodebooks trained =
        ProductTraining.train(
            parts, BITS, 1, new TrainingSample(rotated, sample.rowCount(), padded), seed, progress);
    return new FastScanCode(metric, principal.mean(), axes, trained);
  }

  /**
   * Opens what {@link #toBytes} wrote.
   *
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable bytes
   */
  public static FastScanCode open(MetricType metric, MemorySegment bytes) {
    CodeImage image = CodeImage.read(bytes);
    int dimension = image.dimension();
    int kept = image.parameter0();
    int parts = image.parameter1();
    if (!image.name().equals(NAME)
        || kept < 2
        || kept > AXES_MAX
        || (parts != kept && 2 * parts != kept)) {
      throw CodeImage.corrupt("axes of a code for fast scans", kept);
    }
    int axisValues = kept * dimension;
    image.requireValues((long) dimension + axisValues + (long) kept * CENTROIDS);
    float[] values = image.values();
    return new FastScanCode(
        metric,
        Arrays.copyOfRange(values, 0, dimension),
        Arrays.copyOfRange(values, dimension, dimension + axisValues),
        new ProductCodebooks(
            kept,
            parts,
            BITS,
            1,
            Arrays.copyOfRange(values, dimension + axisValues, values.length)));
  }

  /** What was learned: mean, axes, centroids. */
  public MemorySegment toBytes() {
    int kept = codebooks.dimension();
    float[] values = new float[dimension + kept * dimension + kept * CENTROIDS];
    System.arraycopy(mean, 0, values, 0, dimension);
    MemorySegment.copy(axes, LittleEndian.FLOAT, 0, values, dimension, kept * dimension);
    System.arraycopy(codebooks.values(), 0, values, dimension + kept * dimension, kept * CENTROIDS);
    MetricType compared = metric == MetricType.L2 ? MetricType.L2 : MetricType.IP;
    return new CodeImage(NAME, compared, dimension, kept, parts, 0, values).toBytes();
  }

  public int dimension() {
    return dimension;
  }

  public MetricType metric() {
    return metric;
  }

  /** Parts of a code, each a number below 16. */
  public int parts() {
    return parts;
  }

  /** 64-byte lines of a block of {@link #SLOTS} codes. */
  public int lines() {
    return Math.ceilDiv(parts, PARTS_PER_LINE);
  }

  /** Bytes of a block of {@link #SLOTS} codes. */
  public int blockBytes() {
    return 64 * lines();
  }

  ProductCodebooks codebooks() {
    return codebooks;
  }

  boolean comparesProducts() {
    return metric == MetricType.IP;
  }

  /** For one thread. */
  public Encoder newEncoder() {
    return new Encoder();
  }

  /** Tables of queries, for one thread; to be pooled. */
  public FastScanTables newTables() {
    return new FastScanTables(this);
  }

  int dimensionOfRotated() {
    return codebooks.dimension() + PARTS_PER_LINE;
  }

  /**
   * Writes the components of a vector along the axes to {@code target}.
   *
   * @param centred scratch of the dimension
   * @param target has {@link #dimensionOfRotated} elements
   */
  void rotate(
      float[] vector,
      int offset,
      boolean subtractMean,
      float[] centred,
      float[] target,
      float[] four) {
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(vector, offset, centred, 0, dimension);
    } else {
      System.arraycopy(vector, offset, centred, 0, dimension);
    }
    if (subtractMean) {
      for (int i = 0; i < dimension; i++) {
        centred[i] -= mean[i];
      }
    }
    int kept = codebooks.dimension();
    long axisBytes = 4L * dimension;
    for (int axis = 0; axis < kept; axis += 4) {
      long last = (kept - 1) * axisBytes;
      long at = axis * axisBytes;
      KERNEL.innerProducts(
          centred,
          0,
          axes,
          at,
          Math.min(last, at + axisBytes),
          Math.min(last, at + 2 * axisBytes),
          Math.min(last, at + 3 * axisBytes),
          dimension,
          four);
      System.arraycopy(four, 0, target, axis, 4);
    }
  }

  /** Turns vectors into codes and lays them out in blocks. */
  public final class Encoder {
    private final CentroidKernel kernel = CentroidKernels.preferred();
    private final float[] centred = new float[dimension];
    private final float[] rotated = new float[dimensionOfRotated()];
    private final float[] four = new float[4];

    private Encoder() {}

    /** Writes the code of the vector, a byte a part, to {@code target[targetOffset]} and on. */
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      rotate(vector, offset, true, centred, rotated, four);
      for (int part = 0; part < parts; part++) {
        int number =
            kernel.nearest(
                rotated,
                part * codebooks.partDimension(),
                codebooks.partDimension(),
                codebooks.values(),
                codebooks.offset(0, part),
                CENTROIDS);
        target.set(LittleEndian.BYTE, targetOffset + part, (byte) number);
      }
    }
  }

  /**
   * Puts a code into a slot of a block of zeros. In line {@code l}, byte {@code b} of the first
   * half has the parts {@code 4l} (low bits) and {@code 4l + 1} (high bits), byte {@code 32 + b}
   * the parts {@code 4l + 2} and {@code 4l + 3} of the same slot: slot {@code b / 2} if {@code b}
   * is even, slot {@code 16 + b / 2} if it is odd, since sums come out as even and odd bytes.
   *
   * @param codes memory with a byte a part from {@code codeOffset} on
   */
  public void place(
      MemorySegment codes, long codeOffset, MemorySegment block, long blockOffset, int slot) {
    int lane = slot < SLOTS / 2 ? 2 * slot : 2 * (slot - SLOTS / 2) + 1;
    for (int part = 0; part < parts; part++) {
      int number = codes.get(LittleEndian.BYTE, codeOffset + part);
      int inLine = part % PARTS_PER_LINE;
      long at = blockOffset + part / PARTS_PER_LINE * 64L + (inLine < 2 ? lane : SLOTS + lane);
      int before = block.get(LittleEndian.BYTE, at);
      block.set(
          LittleEndian.BYTE, at, (byte) (before | (inLine % 2 == 0 ? number : number << BITS)));
    }
  }
}
