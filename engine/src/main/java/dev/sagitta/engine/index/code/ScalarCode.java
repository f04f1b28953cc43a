package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Scalar quantization: each number becomes the nearest of {@code 2^bits} evenly spaced values
 * between a smallest and a largest one, which are learned per dimension (SQ8, SQ6) or once for all
 * dimensions (SQ4U). What lies outside is moved to the nearest end.
 *
 * <p>The bits of a code are laid out for kernels that read whole bytes of many dimensions at once;
 * see {@link ScalarCodeLayout}.
 */
final class ScalarCode implements VectorCode {
  private final String name;
  private final MetricType metric;
  private final int dimension;
  private final ScalarCodeLayout layout;
  // Both have zeros in the gaps of the layout.
  private final float[] minimums;
  private final float[] steps;

  /**
   * @param minimums value of code 0, per dimension
   * @param steps difference of neighbouring codes' values, per dimension
   */
  ScalarCode(
      String name, MetricType metric, ScalarCodeLayout layout, float[] minimums, float[] steps) {
    this.name = requireNonNull(name, "name is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.dimension = layout.dimension();
    this.minimums = Arrays.copyOf(minimums, layout.positions());
    this.steps = Arrays.copyOf(steps, layout.positions());
  }

  static ScalarCode open(CodeImage image, int bits) {
    int dimension = image.dimension();
    image.requireValues(2L * dimension);
    return new ScalarCode(
        image.name(),
        image.metric(),
        new ScalarCodeLayout(dimension, bits),
        Arrays.copyOfRange(image.values(), 0, dimension),
        Arrays.copyOfRange(image.values(), dimension, 2 * dimension));
  }

  @Override
  public String name() {
    return name;
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
    return layout.codeBytes();
  }

  @Override
  public CodeEncoder newEncoder() {
    return new Encoder();
  }

  @Override
  public CodeScorer newScorer() {
    return new Scorer(ScalarCodeKernels.preferred());
  }

  /** A scorer with a kernel of the caller's choice, for tests. */
  CodeScorer newScorer(ScalarCodeKernel kernel) {
    return new Scorer(kernel);
  }

  @Override
  public MemorySegment toBytes() {
    float[] values = new float[2 * dimension];
    System.arraycopy(minimums, 0, values, 0, dimension);
    System.arraycopy(steps, 0, values, dimension, dimension);
    return new CodeImage(name, metric, dimension, 0, 0, 0, values).toBytes();
  }

  private final class Encoder implements CodeEncoder {
    private final int[] levels = new int[layout.positions()];

    @Override
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      int highest = layout.highestLevel();
      for (int i = 0; i < dimension; i++) {
        float step = steps[i];
        float level = step == 0 ? 0 : (vector[offset + i] - minimums[i]) / step;
        levels[i] = Math.clamp(Math.round(level), 0, highest);
      }
      layout.write(levels, target, targetOffset);
    }

    @Override
    public void decode(MemorySegment codes, long codeOffset, float[] target, int targetOffset) {
      layout.read(codes, codeOffset, levels);
      for (int i = 0; i < dimension; i++) {
        target[targetOffset + i] = minimums[i] + levels[i] * steps[i];
      }
    }
  }

  /** With the query moved and scaled so that kernels see plain levels. */
  private final class Scorer implements CodeScorer {
    private final ScalarCodeKernel kernel;

    /** L2: query less minimum. IP: query times step. */
    private final float[] prepared = new float[layout.positions()];

    private float minimumsProduct;

    Scorer(ScalarCodeKernel kernel) {
      this.kernel = requireNonNull(kernel, "kernel is null");
    }

    @Override
    public void setQuery(float[] query, int offset) {
      float product = 0;
      for (int i = 0; i < dimension; i++) {
        float value = query[offset + i];
        product += value * minimums[i];
        prepared[i] = metric == MetricType.L2 ? value - minimums[i] : value * steps[i];
      }
      minimumsProduct = product;
    }

    @Override
    public float distance(MemorySegment codes, long codeOffset) {
      int plane = layout.planeBytes();
      if (metric == MetricType.L2) {
        return switch (layout.bits()) {
          case 8 -> kernel.squaredDistance8(prepared, steps, codes, codeOffset, plane);
          case 6 -> kernel.squaredDistance6(prepared, steps, codes, codeOffset, plane);
          default -> kernel.squaredDistance4(prepared, steps, codes, codeOffset, plane);
        };
      }
      float product =
          switch (layout.bits()) {
            case 8 -> kernel.innerProduct8(prepared, codes, codeOffset, plane);
            case 6 -> kernel.innerProduct6(prepared, codes, codeOffset, plane);
            default -> kernel.innerProduct4(prepared, codes, codeOffset, plane);
          };
      return -(minimumsProduct + product);
    }

    @Override
    public void distances(
        MemorySegment codes,
        long codeOffset0,
        long codeOffset1,
        long codeOffset2,
        long codeOffset3,
        float[] target) {
      if (layout.bits() != 8) {
        CodeScorer.super.distances(
            codes, codeOffset0, codeOffset1, codeOffset2, codeOffset3, target);
      } else if (metric == MetricType.L2) {
        kernel.squaredDistances8(
            prepared,
            steps,
            codes,
            codeOffset0,
            codeOffset1,
            codeOffset2,
            codeOffset3,
            dimension,
            target);
      } else {
        kernel.innerProducts8(
            prepared, codes, codeOffset0, codeOffset1, codeOffset2, codeOffset3, dimension, target);
        for (int i = 0; i < 4; i++) {
          target[i] = -(minimumsProduct + target[i]);
        }
      }
    }
  }
}
