package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;

/**
 * Search parameters of the sparse families.
 *
 * @param dropRatio share of the query's entries, those of the smallest magnitude, that are left out
 * @param maxScoreRatio factor on the bounds by which rows are skipped; below 1 a search is faster
 *     and may miss rows, at 1 or above it misses none
 */
record SparseSearchParameters(double dropRatio, double maxScoreRatio) {
  static final String DROP_RATIO = "drop_ratio_search";
  static final String MAX_SCORE_RATIO = "dim_max_score_ratio";
  static final SparseSearchParameters EXACT = new SparseSearchParameters(0, 1);

  /** The largest number below 1, which itself is not allowed. */
  static final double RATIO_MAX = Math.nextDown(1.0);

  private static final double MAX_SCORE_RATIO_MIN = 0.5;
  private static final double MAX_SCORE_RATIO_MAX = 1.3;

  /**
   * Reads and checks the parameters.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100, naming parameter, value and range
   */
  static SparseSearchParameters of(IndexSearchParameters parameters) {
    if (parameters.values().isEmpty()) {
      return EXACT;
    }
    return new SparseSearchParameters(
        IndexParameters.number(parameters.values(), DROP_RATIO, 0, 0, RATIO_MAX),
        IndexParameters.number(
            parameters.values(), MAX_SCORE_RATIO, 1, MAX_SCORE_RATIO_MIN, MAX_SCORE_RATIO_MAX));
  }
}
