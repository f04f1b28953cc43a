package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;

/**
 * The vectors of a graph's nodes: little-endian floats without padding, of unit length if the
 * metric is cosine.
 */
public final class VectorNodes {
  private final MetricType metric;
  private final int dimension;
  private final RecordBlocks records;

  VectorNodes(MetricType metric, int dimension, RecordBlocks records) {
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
    this.records = requireNonNull(records, "records is null");
  }

  static int vectorBytes(int dimension) {
    return Float.BYTES * dimension;
  }

  MetricType metric() {
    return metric;
  }

  int dimension() {
    return dimension;
  }

  RecordBlocks records() {
    return records;
  }

  /** Brings a vector into the form that is compared. */
  void prepare(float[] source, int sourceOffset, float[] target) {
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(source, sourceOffset, target, 0, dimension);
    } else {
      System.arraycopy(source, sourceOffset, target, 0, dimension);
    }
  }

  /** Stores a vector, which must be prepared. */
  void set(int node, float[] prepared) {
    records.ensureCapacity(node + 1);
    NativeMemory.setFloats(records.address(node), prepared, dimension);
  }

  /** Copies the node's vector to the start of the array. */
  void get(int node, float[] target) {
    NativeMemory.copyFloats(records.address(node), target, dimension);
  }
}
