package dev.sagitta.engine.index.codedhnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.CodeScorer;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.NodeDistances;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;

/** Distances between a query and the codes of nodes. */
final class CodeDistances implements NodeDistances {
  private static final int SCORED_AT_ONCE = 4;

  private final CodeScorer scorer;
  private final RecordBlocks codes;
  private final boolean scaled;
  private final float[] query;
  private final float[] scores = new float[SCORED_AT_ONCE];

  CodeDistances(CodedNodes nodes) {
    requireNonNull(nodes, "nodes is null");
    this.scorer = nodes.code().newScorer();
    this.codes = nodes.records();
    this.scaled = nodes.metric() == MetricType.COSINE;
    this.query = new float[nodes.code().dimension()];
  }

  void setQuery(float[] values, int offset) {
    if (scaled) {
      UnitVectors.normalize(values, offset, query, 0, query.length);
      scorer.setQuery(query, 0);
    } else {
      scorer.setQuery(values, offset);
    }
  }

  @Override
  public void compute(int[] nodes, int count, float[] target) {
    for (int from = 0; from < count; from += SCORED_AT_ONCE) {
      scorer.distances(
          NativeMemory.ALL,
          codes.address(nodes[from]),
          codes.address(nodes[from + 1]),
          codes.address(nodes[from + 2]),
          codes.address(nodes[from + 3]),
          scores);
      System.arraycopy(scores, 0, target, from, SCORED_AT_ONCE);
    }
  }
}
