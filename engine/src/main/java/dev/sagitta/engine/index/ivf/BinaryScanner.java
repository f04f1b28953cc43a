package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.BinaryVectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** Compares bits as they are. */
final class BinaryScanner implements ListScanner {
  private static final BinaryVectorKernel KERNEL = VectorKernels.binary();

  private final boolean hamming;
  private final MemorySegment codes;
  private final int rowBytes;
  private final float[] four = new float[4];
  private byte[] query;
  private int queryOffset;

  BinaryScanner(IvfLists lists) {
    this.hamming = lists.metric() == MetricType.HAMMING;
    this.codes = lists.stored().codes();
    this.rowBytes = lists.stored().rowBytes();
  }

  @Override
  public void setQuery(QueryVector queryVector, float[] coarse, IvfEffort effort) {
    query = queryVector.binary().bits();
    queryOffset = queryVector.binary().offset();
  }

  @Override
  public void enterList(int list, float coarseDistance) {
    // Bits are compared as a whole.
  }

  @Override
  public void distances(int from, int to, float[] target) {
    int position = from;
    for (; position <= to - 4; position += 4) {
      long offset = (long) position * rowBytes;
      compareFour(offset, offset + rowBytes, offset + 2L * rowBytes, offset + 3L * rowBytes);
      System.arraycopy(four, 0, target, position - from, 4);
    }
    for (; position < to; position++) {
      target[position - from] = compare((long) position * rowBytes);
    }
  }

  @Override
  public void distances(int[] positions, int[] rows, int count, float[] target) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      compareFour(
          (long) positions[i] * rowBytes,
          (long) positions[i + 1] * rowBytes,
          (long) positions[i + 2] * rowBytes,
          (long) positions[i + 3] * rowBytes);
      System.arraycopy(four, 0, target, i, 4);
    }
    for (; i < count; i++) {
      target[i] = compare((long) positions[i] * rowBytes);
    }
  }

  private void compareFour(long offset0, long offset1, long offset2, long offset3) {
    if (hamming) {
      KERNEL.hammingDistances(
          query, queryOffset, codes, offset0, offset1, offset2, offset3, rowBytes, four);
    } else {
      KERNEL.jaccardDistances(
          query, queryOffset, codes, offset0, offset1, offset2, offset3, rowBytes, four);
    }
  }

  private float compare(long offset) {
    return hamming
        ? KERNEL.hammingDistance(query, queryOffset, codes, offset, rowBytes)
        : KERNEL.jaccardDistance(query, queryOffset, codes, offset, rowBytes);
  }
}
