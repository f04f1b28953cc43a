package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import java.util.List;
import java.util.Optional;

/**
 * An opened index over the rows of one segment. Searches run concurrently; {@link #close()} may
 * only be called when none runs (segments count their readers). A search after close fails with
 * {@link IllegalStateException}.
 */
public interface VectorIndex extends AutoCloseable {
  /** Number of rows that can be found; rows 0 to {@code rowCount() - 1}. */
  int rowCount();

  /**
   * Offers the rows nearest to the query to {@code results}.
   *
   * @param query query vector, of the kind and dimension of the rows
   * @param parameters search parameters such as ef, already validated
   * @param allowed rows that may be offered; empty means all
   * @param results receives rows with scores in the metric's public form (L2 squared, IP, cosine)
   */
  void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results);

  /**
   * Searches for several queries at once, which lets an index read what they share once.
   *
   * @param results as many as queries, each receives the rows of its query
   */
  default void searchAll(
      List<QueryVector> queries,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      List<TopRows> results) {
    for (int i = 0; i < queries.size(); i++) {
      search(queries.get(i), parameters, allowed, results.get(i));
    }
  }

  /**
   * Off-heap bytes that the index keeps in memory or mapped. A family whose file does not have to
   * be in memory counts only what has to.
   */
  long sizeInBytes();

  @Override
  void close();
}
