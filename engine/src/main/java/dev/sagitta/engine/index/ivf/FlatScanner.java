package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** Compares vectors as they are. */
final class FlatScanner implements ListScanner {
  private final VectorKernel kernel;
  private final MetricType metric;
  private final int dimension;
  private final MemorySegment codes;
  private final long rowBytes;
  private final MemorySegment inverseNorms;
  private final float[] four = new float[4];
  private float[] query;

  FlatScanner(IvfLists lists, DenseVectorColumn vectors) {
    this.kernel = VectorKernels.of(vectors.type());
    this.metric = lists.metric();
    this.dimension = lists.dimension();
    this.codes = lists.stored().codes();
    this.rowBytes = lists.stored().rowBytes();
    this.inverseNorms =
        metric == MetricType.COSINE ? lists.stored().constants().orElseThrow() : null;
  }

  @Override
  public void setQuery(QueryVector queryVector, float[] coarse, IvfEffort effort) {
    query = coarse;
  }

  @Override
  public void enterList(int list, float coarseDistance) {
    // Vectors are compared as a whole.
  }

  @Override
  public void distances(int from, int to, float[] target) {
    int position = from;
    for (; position <= to - 4; position += 4) {
      long offset = position * rowBytes;
      compareFour(offset, offset + rowBytes, offset + 2 * rowBytes, offset + 3 * rowBytes);
      for (int i = 0; i < 4; i++) {
        target[position - from + i] = distance(four[i], position + i);
      }
    }
    for (; position < to; position++) {
      target[position - from] = distance(compare(position * rowBytes), position);
    }
  }

  @Override
  public void distances(int[] positions, int[] rows, int count, float[] target) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      compareFour(
          positions[i] * rowBytes,
          positions[i + 1] * rowBytes,
          positions[i + 2] * rowBytes,
          positions[i + 3] * rowBytes);
      for (int j = i; j < i + 4; j++) {
        target[j] = distance(four[j - i], positions[j]);
      }
    }
    for (; i < count; i++) {
      target[i] = distance(compare(positions[i] * rowBytes), positions[i]);
    }
  }

  private void compareFour(long offset0, long offset1, long offset2, long offset3) {
    if (metric == MetricType.L2) {
      kernel.squaredDistances(query, 0, codes, offset0, offset1, offset2, offset3, dimension, four);
    } else {
      kernel.innerProducts(query, 0, codes, offset0, offset1, offset2, offset3, dimension, four);
    }
  }

  private float compare(long offset) {
    return metric == MetricType.L2
        ? kernel.squaredDistance(query, 0, codes, offset, dimension)
        : kernel.innerProduct(query, 0, codes, offset, dimension);
  }

  private float distance(float compared, int position) {
    return switch (metric) {
      case L2 -> compared;
      case COSINE -> -compared * inverseNorms.get(LittleEndian.FLOAT, 4L * position);
      default -> -compared;
    };
  }
}
