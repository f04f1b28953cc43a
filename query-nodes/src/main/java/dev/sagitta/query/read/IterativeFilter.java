package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.index.SearchIterator;
import dev.sagitta.engine.index.SearchIterator.Search;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.NodeSearchRequest;
import java.util.Optional;

/**
 * The hint {@code iterative_filter}: goes through a segment's rows from the nearest on and tests
 * the filter on these alone, instead of on all rows before the search. That pays where the filter
 * is dear and many of the nearest rows pass it. When the first of them say that too many would have
 * to be tested, the filter is tested on all rows after all, so that a hint costs little where it
 * does not pay.
 *
 * <p>An exact index gives the same rows either way. Of one segment and one thread.
 */
final class IterativeFilter {
  private static final String HINTS = "hints";
  private static final String HINT = "iterative_filter";
  private static final int FIRST_BATCH = 64;
  private static final int LARGEST_BATCH = 4096;

  /** A batch holds more rows than the share that passed so far asks for, to be the last one. */
  private static final double RESERVE = 1.25;

  /** At most this part of a segment's rows is tested one batch after another. */
  private static final int TESTED_PART = 64;

  /** Of few rows, or for many hits, so many times as many as are wanted. */
  private static final int TESTED_PER_HIT = 4;

  private final SegmentView view;
  private final Filter filter;
  private final Optional<RowBitmap> visible;
  private RowBitmap passing;

  /**
   * @param visible rows of the view that may be found if they pass; empty means all
   */
  IterativeFilter(SegmentView view, Filter filter, Optional<RowBitmap> visible) {
    this.view = requireNonNull(view, "view is null");
    this.filter = requireNonNull(filter, "filter is null");
    this.visible = requireNonNull(visible, "visible is null");
  }

  /**
   * Whether a search asks for it and has a filter that can be tested that way: groups go through
   * the rows themselves, keys are looked up, and a sample is one of all rows.
   */
  static boolean isWanted(NodeSearchRequest request, Filter filter) {
    return HINT.equals(request.parameters().values().get(HINTS))
        && request.options().grouping().isEmpty()
        && !filter.matchesAll()
        && filter.isByRow()
        && filter.primaryKeys().isEmpty();
  }

  /**
   * The nearest rows that pass, best first.
   *
   * @param limit most rows
   */
  TopRows nearest(Search search, int limit, boolean largerIsNearer, Deadline deadline) {
    if (passing != null) {
      return filtered(search, limit, largerIsNearer);
    }
    SearchIterator iterator = new SearchIterator(search, view.rowCount(), largerIsNearer, visible);
    TopRows found = new TopRows(limit, largerIsNearer);
    long testedMax = Math.max((long) TESTED_PER_HIT * limit, view.rowCount() / TESTED_PART);
    int tested = 0;
    while (found.size() < limit) {
      ParallelWork.requireTime(deadline);
      if (expectedRows(limit, found.size(), tested) > testedMax) {
        return filtered(search, limit, largerIsNearer);
      }
      int wanted = batchSize(limit - found.size(), found.size(), tested);
      TopRows batch = iterator.next(wanted);
      offerPassing(batch, found);
      tested += batch.size();
      if (batch.size() < wanted) {
        break;
      }
    }
    found.sortBestFirst();
    return found;
  }

  /** How many rows will have to be tested if the others pass as those did, and one more passes. */
  private static double expectedRows(int limit, int passed, int tested) {
    return (double) limit * tested / (passed + 1);
  }

  private static int batchSize(int missing, int passed, int tested) {
    double rows = passed == 0 ? 2.0 * (missing + tested) : RESERVE * missing * tested / passed;
    return (int) Math.clamp(rows, FIRST_BATCH, LARGEST_BATCH);
  }

  private void offerPassing(TopRows batch, TopRows found) {
    RowBitmap candidates = new RowBitmap(view.rowCount());
    for (int i = 0; i < batch.size(); i++) {
      candidates.add(batch.rowAt(i));
    }
    RowBitmap passed = filter.evaluate(view, candidates);
    for (int i = 0; i < batch.size(); i++) {
      if (passed.contains(batch.rowAt(i))) {
        found.offer(batch.rowAt(i), batch.scoreAt(i));
      }
    }
  }

  private TopRows filtered(Search search, int limit, boolean largerIsNearer) {
    if (passing == null) {
      passing = filter.evaluate(view, visible.orElseGet(() -> RowBitmap.full(view.rowCount())));
    }
    TopRows found = new TopRows(limit, largerIsNearer);
    if (!passing.isEmpty()) {
      search.search(passing, found);
    }
    found.sortBestFirst();
    return found;
  }
}
