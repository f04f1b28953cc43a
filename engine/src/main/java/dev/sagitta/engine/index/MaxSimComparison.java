package dev.sagitta.engine.index;

import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;

/**
 * Scores of lists of vectors against one list, by late interaction: each vector of the query counts
 * with its best match among the row's vectors, and the row's score is the sum of these (Khattab and
 * Zaharia, "ColBERT", SIGIR 2020). An empty list has no score. Not safe for concurrent use.
 */
public final class MaxSimComparison {
  /** Vectors scored by one call of a kernel, so that the scores stay in the first cache. */
  private static final int RUN = 256;

  private final VectorListColumn lists;
  private final DenseComparison[] queries;
  private final boolean largerIsNearer;
  private final float[] scores = new float[RUN];

  /**
   * A comparison with the rows of a column.
   *
   * @param metric one of the metrics of lists
   * @param query at least one vector of the column's dimension
   */
  public MaxSimComparison(VectorListColumn lists, MetricType metric, QueryVector.VectorList query) {
    MetricType ofElements =
        metric
            .ofListElements()
            .orElseThrow(
                () -> new IllegalArgumentException("metric is not for lists: metric=" + metric));
    int dimension = lists.dimension();
    if (query.count() == 0 || query.values().length != query.count() * dimension) {
      throw new IllegalArgumentException(
          "query is of another dimension, or empty: values="
              + query.values().length
              + " count="
              + query.count()
              + " dimension="
              + dimension);
    }
    this.lists = lists;
    this.largerIsNearer = metric.largerIsNearer();
    this.queries = new DenseComparison[query.count()];
    for (int i = 0; i < queries.length; i++) {
      queries[i] =
          new DenseComparison(
              lists.elementType(),
              dimension,
              ofElements,
              new QueryVector.Dense(query.values(), i * dimension));
    }
  }

  /** The score of a row; NaN if its list is empty. */
  public float score(int row) {
    int count = lists.lengthAt(row);
    if (count == 0) {
      return Float.NaN;
    }
    MemorySegment block = lists.blockOf(row);
    long offset = lists.offsetInBlock(row);
    double sum = 0;
    for (DenseComparison query : queries) {
      sum += best(query, block, offset, count);
    }
    return (float) sum;
  }

  private float best(DenseComparison query, MemorySegment block, long offset, int count) {
    float best = largerIsNearer ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    for (int first = 0; first < count; first += RUN) {
      int run = Math.min(RUN, count - first);
      query.scoresInOrder(block, offset + (long) first * lists.vectorBytes(), run, scores);
      for (int i = 0; i < run; i++) {
        best = largerIsNearer ? Math.max(best, scores[i]) : Math.min(best, scores[i]);
      }
    }
    return best;
  }
}
