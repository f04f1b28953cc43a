package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.MetricType;

/**
 * Compares a list of vectors with the lists of a range of rows; null and empty ones are left out.
 */
final class MaxSimScan {
  private final VectorListColumn lists;
  private final MaxSimComparison comparison;
  private final ScoreRange range;
  private final TopRows results;

  MaxSimScan(
      VectorListColumn lists,
      MetricType metric,
      QueryVector.VectorList query,
      ScoreRange range,
      TopRows results) {
    this.lists = lists;
    this.comparison = new MaxSimComparison(lists, metric, query);
    this.range = range;
    this.results = results;
  }

  /**
   * Offers the rows {@code from} to {@code to - 1}.
   *
   * @param allowed rows that may be offered, or null for all
   */
  void scan(int from, int to, RowBitmap allowed) {
    if (allowed == null) {
      for (int row = from; row < to; row++) {
        offer(row);
      }
      return;
    }
    for (int row = allowed.nextRow(from); row >= 0 && row < to; row = allowed.nextRow(row + 1)) {
      offer(row);
    }
  }

  private void offer(int row) {
    if (lists.isNull(row)) {
      return;
    }
    float score = comparison.score(row);
    if (!Float.isNaN(score) && range.accepts(score)) {
      results.offer(row, score);
    }
  }
}
