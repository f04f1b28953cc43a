package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Goes through the rows of any index from the nearest on, in batches, no row twice. What was given
 * is taken from the rows that later searches may offer, so equal scores need no care. Searches
 * fetch twice as many rows as were fetched before, so that their number grows with the logarithm of
 * the rows given.
 *
 * <p>An exact index gives all rows in order, of equal scores the smaller row number first; scores
 * that differ by rounding only may change places between fetches. An approximate one gives each
 * fetch in order, but a row that one fetch missed comes with a later one. Not safe for concurrent
 * use; the index must stay open.
 */
public final class SearchIterator {
  private static final int FETCH_MAX = 1 << 14;

  /** One search of the nearest rows for the iterator's query. */
  @FunctionalInterface
  public interface Search {
    /**
     * Offers the nearest rows.
     *
     * @param allowed rows that may be offered; not to be kept
     */
    void search(RowBitmap allowed, TopRows results);
  }

  private final Search search;
  private final boolean largerIsNearer;
  private final RowBitmap remaining;
  private TopRows fetched;
  private int position;
  private int given;

  /**
   * Begins before the nearest row.
   *
   * @param metric the index's
   * @param query not changed as long as the iterator is used
   * @param parameters of each search; bounds of a range search hold for all rows given
   * @param allowed rows that may be given; empty means all
   */
  public SearchIterator(
      VectorIndex index,
      MetricType metric,
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed) {
    this(
        (rows, results) -> index.search(query, parameters, Optional.of(rows), results),
        index.rowCount(),
        metric.largerIsNearer(),
        allowed);
    requireNonNull(query, "query is null");
    requireNonNull(parameters, "parameters is null");
  }

  /**
   * Begins before the nearest row of whatever {@code search} searches.
   *
   * @param rowCount rows there are, allowed or not
   * @param allowed rows that may be given; empty means all
   */
  public SearchIterator(
      Search search, int rowCount, boolean largerIsNearer, Optional<RowBitmap> allowed) {
    this.search = requireNonNull(search, "search is null");
    this.largerIsNearer = largerIsNearer;
    this.remaining =
        requireNonNull(allowed, "allowed is null")
            .map(RowBitmap::copy)
            .orElseGet(() -> RowBitmap.full(rowCount));
    this.fetched = new TopRows(1, largerIsNearer);
  }

  /** Takes rows out of those that were not fetched yet. */
  public void exclude(IntPredicate rows) {
    for (int row = remaining.nextRow(0); row >= 0; row = remaining.nextRow(row + 1)) {
      if (rows.test(row)) {
        remaining.remove(row);
      }
    }
  }

  /**
   * The next rows, best first; fewer than wanted, in the end none, if there are no more.
   *
   * @param count rows wanted, at least 1
   */
  public TopRows next(int count) {
    TopRows batch = new TopRows(count, largerIsNearer);
    while (batch.size() < count) {
      if (position == fetched.size() && !fetch(count - batch.size())) {
        break;
      }
      batch.offer(fetched.rowAt(position), fetched.scoreAt(position));
      position++;
      given++;
    }
    batch.sortBestFirst();
    return batch;
  }

  /** Answers whether there were any more. */
  private boolean fetch(int wanted) {
    position = 0;
    fetched = new TopRows(Math.clamp(given, wanted, Math.max(wanted, FETCH_MAX)), largerIsNearer);
    if (!remaining.isEmpty()) {
      search.search(remaining, fetched);
    }
    fetched.sortBestFirst();
    for (int i = 0; i < fetched.size(); i++) {
      remaining.remove(fetched.rowAt(i));
    }
    return fetched.size() > 0;
  }
}
