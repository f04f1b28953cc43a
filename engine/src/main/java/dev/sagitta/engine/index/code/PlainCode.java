package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.BrainFloat;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** The vector's own numbers, as float32 or rounded to float16 or bfloat16. There is no training. */
final class PlainCode implements VectorCode {
  private final String name;
  private final DataType elements;
  private final MetricType metric;
  private final int dimension;

  PlainCode(String name, DataType elements, MetricType metric, int dimension) {
    this.name = requireNonNull(name, "name is null");
    this.elements = requireNonNull(elements, "elements is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
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
    return elements == DataType.FLOAT_VECTOR ? 4 * dimension : 2 * dimension;
  }

  @Override
  public CodeEncoder newEncoder() {
    return new Encoder();
  }

  @Override
  public CodeScorer newScorer() {
    VectorKernel kernel = VectorKernels.of(elements);
    return metric == MetricType.L2
        ? new SquaredDistances(kernel, dimension)
        : new InnerProducts(kernel, dimension);
  }

  @Override
  public MemorySegment toBytes() {
    return new CodeImage(name, metric, dimension, 0, 0, 0, new float[0]).toBytes();
  }

  private final class Encoder implements CodeEncoder {
    @Override
    public void encode(float[] vector, int offset, MemorySegment target, long targetOffset) {
      switch (elements) {
        case FLOAT_VECTOR ->
            MemorySegment.copy(vector, offset, target, LittleEndian.FLOAT, targetOffset, dimension);
        case FLOAT16_VECTOR -> {
          for (int i = 0; i < dimension; i++) {
            short half = Float.floatToFloat16(vector[offset + i]);
            target.set(LittleEndian.SHORT, targetOffset + 2L * i, half);
          }
        }
        default -> {
          for (int i = 0; i < dimension; i++) {
            short half = BrainFloat.toBits(vector[offset + i]);
            target.set(LittleEndian.SHORT, targetOffset + 2L * i, half);
          }
        }
      }
    }

    @Override
    public void decode(MemorySegment codes, long codeOffset, float[] target, int targetOffset) {
      switch (elements) {
        case FLOAT_VECTOR ->
            MemorySegment.copy(
                codes, LittleEndian.FLOAT, codeOffset, target, targetOffset, dimension);
        case FLOAT16_VECTOR -> {
          for (int i = 0; i < dimension; i++) {
            short half = codes.get(LittleEndian.SHORT, codeOffset + 2L * i);
            target[targetOffset + i] = Float.float16ToFloat(half);
          }
        }
        default -> {
          for (int i = 0; i < dimension; i++) {
            short half = codes.get(LittleEndian.SHORT, codeOffset + 2L * i);
            target[targetOffset + i] = BrainFloat.toFloat(half);
          }
        }
      }
    }
  }

  /** The query where the caller has it, and the kernel. */
  private abstract static class Scorer implements CodeScorer {
    final VectorKernel kernel;
    final float[] query;

    Scorer(VectorKernel kernel, int dimension) {
      this.kernel = kernel;
      this.query = new float[dimension];
    }

    @Override
    public void setQuery(float[] values, int offset) {
      System.arraycopy(values, offset, query, 0, query.length);
    }
  }

  private static final class SquaredDistances extends Scorer {
    SquaredDistances(VectorKernel kernel, int dimension) {
      super(kernel, dimension);
    }

    @Override
    public float distance(MemorySegment codes, long codeOffset) {
      return kernel.squaredDistance(query, 0, codes, codeOffset, query.length);
    }

    @Override
    public void distances(
        MemorySegment codes,
        long codeOffset0,
        long codeOffset1,
        long codeOffset2,
        long codeOffset3,
        float[] target) {
      kernel.squaredDistances(
          query,
          0,
          codes,
          codeOffset0,
          codeOffset1,
          codeOffset2,
          codeOffset3,
          query.length,
          target);
    }
  }

  private static final class InnerProducts extends Scorer {
    InnerProducts(VectorKernel kernel, int dimension) {
      super(kernel, dimension);
    }

    @Override
    public float distance(MemorySegment codes, long codeOffset) {
      return -kernel.innerProduct(query, 0, codes, codeOffset, query.length);
    }

    @Override
    public void distances(
        MemorySegment codes,
        long codeOffset0,
        long codeOffset1,
        long codeOffset2,
        long codeOffset3,
        float[] target) {
      kernel.innerProducts(
          query,
          0,
          codes,
          codeOffset0,
          codeOffset1,
          codeOffset2,
          codeOffset3,
          query.length,
          target);
      target[0] = -target[0];
      target[1] = -target[1];
      target[2] = -target[2];
      target[3] = -target[3];
    }
  }
}
