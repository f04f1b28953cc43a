package dev.sagitta.engine.index;

import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.BinaryVectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;

/** Scores of binary vectors. */
final class BinaryComparison implements RowComparison {
  private static final BinaryVectorKernel KERNEL = VectorKernels.binary();

  private final MetricType metric;
  private final byte[] query;
  private final int queryOffset;
  private final int bytes;

  BinaryComparison(BinaryVectorColumn vectors, MetricType metric, QueryVector.Binary query) {
    this.metric = metric;
    this.query = query.bits();
    this.queryOffset = query.offset();
    this.bytes = vectors.vectorBytes();
  }

  @Override
  public void scores(
      MemorySegment block, long offset0, long offset1, long offset2, long offset3, float[] scores) {
    if (metric == MetricType.HAMMING) {
      KERNEL.hammingDistances(
          query, queryOffset, block, offset0, offset1, offset2, offset3, bytes, scores);
    } else {
      KERNEL.jaccardDistances(
          query, queryOffset, block, offset0, offset1, offset2, offset3, bytes, scores);
    }
  }

  @Override
  public void scoresInOrder(MemorySegment block, long firstOffset, int count, float[] scores) {
    long offset = firstOffset;
    for (int i = 0; i < count; i++, offset += bytes) {
      scores[i] = score(block, offset);
    }
  }

  @Override
  public float score(MemorySegment block, long offset) {
    return metric == MetricType.HAMMING
        ? KERNEL.hammingDistance(query, queryOffset, block, offset, bytes)
        : KERNEL.jaccardDistance(query, queryOffset, block, offset, bytes);
  }
}
