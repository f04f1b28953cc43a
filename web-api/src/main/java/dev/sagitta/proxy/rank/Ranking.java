package dev.sagitta.proxy.rank;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;

/**
 * What one search found for one query, best first.
 *
 * @param candidates numbers of the rows among all candidates of the query
 * @param scores the rows' scores, in the metric's public form
 */
public record Ranking(MetricType metric, int[] candidates, float[] scores) {
  public Ranking {
    requireNonNull(metric, "metric is null");
    requireNonNull(candidates, "candidates is null");
    requireNonNull(scores, "scores is null");
    if (candidates.length != scores.length) {
      throw new IllegalArgumentException(
          "scores of another count: candidates=" + candidates.length + " scores=" + scores.length);
    }
  }
}
