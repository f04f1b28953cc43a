package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.QueryVector;

/**
 * Compares one query at a time with stored rows, without allocation; for one thread. Distances are
 * smaller for nearer: the metric's own, or the negated score where larger is nearer.
 */
interface ListScanner {
  /**
   * Begins a search.
   *
   * @param query as the client gave it
   * @param coarse the query in the space of the centroids; not changed until the search ends
   */
  void setQuery(QueryVector query, float[] coarse, IvfEffort effort);

  /**
   * Goes to a list; the positions asked for next lie in it.
   *
   * @param coarseDistance of the query and the list's centroid
   */
  void enterList(int list, float coarseDistance);

  /** Distances of the positions {@code from} to {@code to - 1} of the list. */
  void distances(int from, int to, float[] target);

  /**
   * Distances of any positions: of the list, or after a search of all lists for those who compare
   * rows once more.
   *
   * @param rows the rows at these positions
   */
  void distances(int[] positions, int[] rows, int count, float[] target);
}
