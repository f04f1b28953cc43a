package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/** Calls another kernel for each row: the specification of the Vector API twins, their fallback. */
final class RowByRowScanKernel implements ScanKernel {
  private final VectorKernel kernel;
  private final int elementBytes;

  RowByRowScanKernel(VectorKernel kernel, int elementBytes) {
    this.kernel = kernel;
    this.elementBytes = elementBytes;
  }

  @Override
  public String name() {
    return kernel.name() + "-row-by-row";
  }

  @Override
  public void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    for (int row = 0; row < count; row++) {
      long offset = firstOffset + (long) row * elementBytes * dimension;
      scores[row] = kernel.squaredDistance(query, queryOffset, rows, offset, dimension);
    }
  }

  @Override
  public void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    for (int row = 0; row < count; row++) {
      long offset = firstOffset + (long) row * elementBytes * dimension;
      scores[row] = kernel.innerProduct(query, queryOffset, rows, offset, dimension);
    }
  }

  @Override
  public void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int count,
      int dimension,
      float[] scores) {
    for (int row = 0; row < count; row++) {
      long offset = firstOffset + (long) row * elementBytes * dimension;
      scores[row] = kernel.normalizedInnerProduct(query, queryOffset, rows, offset, dimension);
    }
  }
}
