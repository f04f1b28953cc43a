package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** Compares the segment's own vectors; for comparing rows once more. */
final class ColumnScanner implements ListScanner {
  private final IvfLists lists;
  private final DenseVectorColumn vectors;
  private final VectorKernel kernel;
  private final MetricType metric;
  private final int dimension;
  private final float[] four = new float[4];
  private float[] query;

  ColumnScanner(IvfLists lists, DenseVectorColumn vectors) {
    this.lists = lists;
    this.vectors = vectors;
    this.kernel = VectorKernels.of(vectors.type());
    this.metric = lists.metric();
    this.dimension = lists.dimension();
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
    for (int position = from; position < to; position++) {
      int row = lists.row(position);
      // A row that is not of the segment comes of a damaged file, or is none.
      target[position - from] =
          row >= 0 && row < lists.rowCount() ? distance(row) : Float.POSITIVE_INFINITY;
    }
  }

  @Override
  public void distances(int[] positions, int[] rows, int count, float[] target) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      MemorySegment block = vectors.blockOf(rows[i]);
      if (block.equals(vectors.blockOf(rows[i + 1]))
          && block.equals(vectors.blockOf(rows[i + 2]))
          && block.equals(vectors.blockOf(rows[i + 3]))) {
        compareFour(
            block,
            vectors.offsetInBlock(rows[i]),
            vectors.offsetInBlock(rows[i + 1]),
            vectors.offsetInBlock(rows[i + 2]),
            vectors.offsetInBlock(rows[i + 3]));
        for (int j = 0; j < 4; j++) {
          target[i + j] = metric == MetricType.L2 ? four[j] : -four[j];
        }
      } else {
        for (int j = i; j < i + 4; j++) {
          target[j] = distance(rows[j]);
        }
      }
    }
    for (; i < count; i++) {
      target[i] = distance(rows[i]);
    }
  }

  private void compareFour(
      MemorySegment block, long offset0, long offset1, long offset2, long offset3) {
    switch (metric) {
      case L2 ->
          kernel.squaredDistances(
              query, 0, block, offset0, offset1, offset2, offset3, dimension, four);
      case IP ->
          kernel.innerProducts(
              query, 0, block, offset0, offset1, offset2, offset3, dimension, four);
      default ->
          kernel.normalizedInnerProducts(
              query, 0, block, offset0, offset1, offset2, offset3, dimension, four);
    }
  }

  private float distance(int row) {
    MemorySegment block = vectors.blockOf(row);
    long offset = vectors.offsetInBlock(row);
    return switch (metric) {
      case L2 -> kernel.squaredDistance(query, 0, block, offset, dimension);
      case IP -> -kernel.innerProduct(query, 0, block, offset, dimension);
      default -> -kernel.normalizedInnerProduct(query, 0, block, offset, dimension);
    };
  }
}
