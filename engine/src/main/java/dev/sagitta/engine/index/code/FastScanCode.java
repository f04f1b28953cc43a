package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

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

  // Whether levels were learned too: in files of the first release they were not.
  private static final int WITHOUT_LEVELS = 0;
  private static final int WITH_LEVELS = 1;

  /** Numbers of each axis that levels need: the least value and the step. */
  private static final int LEVELS_VALUES = 2;

  /** With fewer axes each number gets a part of its own: memory does not matter, bits do. */
  private static final int PAIRED_AXES_MIN = 64;

  private static final int BITS = 4;
  private static final int AXES_MAX = 256;
  private static final int AXES_SAMPLE_ROWS = 4096;
  private static final int CODEBOOK_SAMPLE_ROWS = 16384;

  /** Numbers in all axes that are learned, of 4 bytes each. */
  private static final int AXIS_VALUES_MAX = 1 << 21;

  /** Fewer axes lose neighbours, more cost time per query and memory per node. */
  private static final double VARIANCE_KEPT = 0.92;

  private final MetricType metric;
  private final int parts;
  private final AxisProjection projection;
  private final ProductCodebooks codebooks;
  private final Optional<AxisLevels> levels;

  private FastScanCode(
      MetricType metric,
      AxisProjection projection,
      ProductCodebooks codebooks,
      Optional<AxisLevels> levels) {
    this.metric = requireNonNull(metric, "metric is null");
    this.projection = requireNonNull(projection, "projection is null");
    this.codebooks = requireNonNull(codebooks, "codebooks is null");
    this.levels = requireNonNull(levels, "levels is null");
    this.parts = codebooks.parts();
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
    TrainingSample few =
        new TrainingSample(
            sample.values(), Math.min(sample.rowCount(), AXES_SAMPLE_ROWS), dimension);
    PrincipalAxes principal = PrincipalAxes.train(few, wanted, seed, progress);
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
    AxisProjection projection =
        new AxisProjection(metric == MetricType.COSINE, principal.mean(), axes);
    float[] rotated = new float[sample.rowCount() * padded];
    float[] one = new float[projection.targetLength()];
    float[] unit = new float[dimension];
    float[] four = new float[AxisProjection.GROUP];
    for (int row = 0; row < sample.rowCount(); row++) {
      projection.project(sample.values(), row * dimension, true, unit, one, four);
      System.arraycopy(one, 0, rotated, row * padded, padded);
    }
    ProductCodebooks trained =
        ProductTraining.train(
            parts, BITS, 1, new TrainingSample(rotated, sample.rowCount(), padded), seed, progress);
    return new FastScanCode(
        metric, projection, trained, Optional.of(AxisLevels.train(rotated, padded)));
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
        || (parts != kept && 2 * parts != kept)
        || (image.parameter2() != WITHOUT_LEVELS && image.parameter2() != WITH_LEVELS)) {
      throw CodeImage.corrupt("axes of a code for fast scans", kept);
    }
    boolean hasLevels = image.parameter2() == WITH_LEVELS;
    int centroids = dimension + kept * dimension;
    int leasts = centroids + kept * CENTROIDS;
    int steps = leasts + kept;
    image.requireValues(
        dimension + (long) kept * (dimension + CENTROIDS + (hasLevels ? LEVELS_VALUES : 0)));
    float[] values = image.values();
    AxisProjection projection =
        new AxisProjection(
            metric == MetricType.COSINE,
            Arrays.copyOfRange(values, 0, dimension),
            Arrays.copyOfRange(values, dimension, centroids));
    Optional<AxisLevels> levels =
        hasLevels
            ? Optional.of(
                new AxisLevels(
                    Arrays.copyOfRange(values, leasts, steps),
                    Arrays.copyOfRange(values, steps, steps + kept)))
            : Optional.empty();
    return new FastScanCode(
        metric,
        projection,
        new ProductCodebooks(kept, parts, BITS, 1, Arrays.copyOfRange(values, centroids, leasts)),
        levels);
  }

  /** What was learned: mean, axes, centroids, and the least values and steps of the levels. */
  public MemorySegment toBytes() {
    int dimension = dimension();
    int kept = projection.axisCount();
    int centroids = dimension + kept * dimension;
    int leasts = centroids + kept * CENTROIDS;
    float[] values = new float[leasts + (levels.isPresent() ? LEVELS_VALUES * kept : 0)];
    System.arraycopy(projection.mean(), 0, values, 0, dimension);
    projection.copyAxes(values, dimension);
    System.arraycopy(codebooks.values(), 0, values, centroids, kept * CENTROIDS);
    if (levels.isPresent()) {
      System.arraycopy(levels.get().leasts(), 0, values, leasts, kept);
      System.arraycopy(levels.get().steps(), 0, values, leasts + kept, kept);
    }
    MetricType compared = metric == MetricType.L2 ? MetricType.L2 : MetricType.IP;
    int form = levels.isPresent() ? WITH_LEVELS : WITHOUT_LEVELS;
    return new CodeImage(NAME, compared, dimension, kept, parts, form, values).toBytes();
  }

  public int dimension() {
    return projection.dimension();
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

  AxisProjection projection() {
    return projection;
  }

  Optional<AxisLevels> levels() {
    return levels;
  }

  /** Bytes of a node's own code, see {@link AxisLevels}; 0 if this code was learned without. */
  public int ownBytes() {
    return levels.map(AxisLevels::codeBytes).orElse(0);
  }

  /** Compares rows by squared distance, whatever the metric is; only with own codes. */
  public AxisScorer newRowScorer() {
    return new AxisScorer(levels.orElseThrow(), false);
  }

  /** Turns vectors into codes and lays them out in blocks. */
  public final class Encoder {
    private final CentroidKernel kernel = CentroidKernels.preferred();
    private final float[] unit = new float[dimension()];
    private final float[] rotated = new float[projection.targetLength()];
    private final float[] four = new float[AxisProjection.GROUP];

    private Encoder() {}

    /** Writes the code of the vector, a byte a part, to {@code target[targetOffset]} and on. */
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      projection.project(vector, offset, true, unit, rotated, four);
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

    /** Writes the vector's own code of {@link #ownBytes} bytes. */
    public void encodeOwn(float[] vector, int offset, MemorySegment target, long targetOffset) {
      projection.project(vector, offset, true, unit, rotated, four);
      float squaredNorm = projection.squaredNorm(vector, offset, unit);
      levels.orElseThrow().encode(rotated, squaredNorm, target, targetOffset);
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
