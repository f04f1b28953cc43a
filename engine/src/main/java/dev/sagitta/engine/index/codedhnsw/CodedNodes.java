package dev.sagitta.engine.index.codedhnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;

/**
 * The codes of a graph's nodes.
 *
 * @param metric the index's metric; with COSINE the code is of vectors of unit length
 */
record CodedNodes(MetricType metric, VectorCode code, RecordBlocks records) {
  CodedNodes {
    requireNonNull(metric, "metric is null");
    requireNonNull(code, "code is null");
    requireNonNull(records, "records is null");
  }
}
