package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Product quantization (Jégou, Douze, Schmid 2011): the vector is cut into parts and each part
 * replaced by the number of its nearest centroid. With several levels (product residual
 * quantization, as FAISS has it) each level quantizes what the levels before left over; unlike
 * FAISS we choose the nearest centroid on each level, without a beam.
 *
 * <p>A code is the numbers, {@code bits} each, level by level and part by part, low bits first, in
 * whole bytes. With several levels and L2 the squared norm of what the code stands for follows as
 * float32: distances do not add up over levels, inner products do.
 */
final class ProductCode implements VectorCode {
  private final String name;
  private final MetricType metric;
  private final ProductCodebooks codebooks;
  private final int numberBytes;

  ProductCode(String name, MetricType metric, ProductCodebooks codebooks) {
    this.name = requireNonNull(name, "name is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.codebooks = requireNonNull(codebooks, "codebooks is null");
    this.numberBytes =
        Math.ceilDiv(codebooks.levels() * codebooks.parts() * codebooks.bits(), Byte.SIZE);
  }

  static ProductCode open(CodeImage image) {
    int parts = image.parameter0();
    int bits = image.parameter1();
    int levels = image.parameter2();
    if (parts < 1
        || image.dimension() % parts != 0
        || bits < 1
        || bits > ProductCodeParameters.BITS_MAX
        || levels < 1
        || levels > ProductCodeParameters.LEVELS_MAX) {
      throw CodeImage.corrupt(
          "parts, bits and levels of a product code", parts + 1000L * bits + 1000_000L * levels);
    }
    image.requireValues(ProductCodebooks.size(image.dimension(), bits, levels));
    return new ProductCode(
        image.name(),
        image.metric(),
        new ProductCodebooks(image.dimension(), parts, bits, levels, image.values()));
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
    return codebooks.dimension();
  }

  @Override
  public int codeBytes() {
    return numberBytes + (hasNorm() ? Float.BYTES : 0);
  }

  boolean hasNorm() {
    return metric == MetricType.L2 && codebooks.levels() > 1;
  }

  ProductCodebooks codebooks() {
    return codebooks;
  }

  /** Where the norm lies in a code that has one. */
  int normOffset() {
    return numberBytes;
  }

  @Override
  public CodeEncoder newEncoder() {
    return new Encoder();
  }

  @Override
  public CodeScorer newScorer() {
    return new ProductCodeScorer(this, CentroidKernels.preferred());
  }

  @Override
  public MemorySegment toBytes() {
    return new CodeImage(
            name,
            metric,
            codebooks.dimension(),
            codebooks.parts(),
            codebooks.bits(),
            codebooks.levels(),
            codebooks.values())
        .toBytes();
  }

  private final class Encoder implements CodeEncoder {
    private final CentroidKernel kernel = CentroidKernels.preferred();
    private final float[] remainder = new float[codebooks.dimension()];
    private final int[] numbers = new int[codebooks.levels() * codebooks.parts()];

    @Override
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      System.arraycopy(vector, offset, remainder, 0, remainder.length);
      int length = codebooks.partDimension();
      int position = 0;
      for (int level = 0; level < codebooks.levels(); level++) {
        for (int part = 0; part < codebooks.parts(); part++) {
          int number =
              kernel.nearest(
                  remainder,
                  part * length,
                  length,
                  codebooks.values(),
                  codebooks.offset(level, part),
                  codebooks.centroids());
          codebooks.subtract(level, part, number, remainder, part * length);
          numbers[position++] = number;
        }
      }
      PackedNumbers.write(numbers, codebooks.bits(), target, targetOffset);
      if (hasNorm()) {
        float norm = 0;
        for (int i = 0; i < remainder.length; i++) {
          float value = vector[offset + i] - remainder[i];
          norm += value * value;
        }
        target.set(LittleEndian.FLOAT, targetOffset + numberBytes, norm);
      }
    }

    @Override
    public void decode(MemorySegment codes, long codeOffset, float[] target, int targetOffset) {
      Arrays.fill(target, targetOffset, targetOffset + codebooks.dimension(), 0f);
      int length = codebooks.partDimension();
      int position = 0;
      for (int level = 0; level < codebooks.levels(); level++) {
        for (int part = 0; part < codebooks.parts(); part++) {
          int number = PackedNumbers.read(codes, codeOffset, position++, codebooks.bits());
          codebooks.add(level, part, number, target, targetOffset + part * length);
        }
      }
    }
  }
}
