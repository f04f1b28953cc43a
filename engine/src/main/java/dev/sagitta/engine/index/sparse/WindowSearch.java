package dev.sagitta.engine.index.sparse;

/** A way to walk the lists of a query through one window of rows. Stateless. */
interface WindowSearch {
  /**
   * Offers all rows of the window that may be among the best.
   *
   * @param terms has entered the window, and none of its lists lowers scores
   * @param maxScoreRatio factor on what lists are believed to add at most
   * @param scratch its accumulators are zero, and are left so
   */
  void search(QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch);
}
