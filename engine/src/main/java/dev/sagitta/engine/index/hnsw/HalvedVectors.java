package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;

/**
 * The float vectors of a graph's nodes in two halves ({@link
 * dev.sagitta.engine.vector.HalvedFloatKernel}), all upper halves side by side and all lower ones.
 * Walks read the upper ones only.
 *
 * @param metric the index's metric; vectors are of unit length if it is COSINE
 * @param upper the upper halves
 * @param toLower from the address of an upper half to that of its lower half
 * @param error no vector is farther from its upper half alone than this
 */
record HalvedVectors(
    MetricType metric, int dimension, RecordBlocks upper, long toLower, float error) {
  HalvedVectors {
    requireNonNull(metric, "metric is null");
    requireNonNull(upper, "upper is null");
  }

  /** Bytes of half a vector. */
  static int halfBytes(int dimension) {
    return Short.BYTES * dimension;
  }

  /**
   * What a scanned row costs, compared with a node in a walk, which reads half as much of it. The
   * shorter the rows, the more of a walk's time goes into lists.
   */
  static double scannedRowCost(int dimension) {
    return Math.min(0.55, 0.25 + dimension / 1_280.0);
  }
}
