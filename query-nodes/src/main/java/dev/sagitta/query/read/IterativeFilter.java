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
 * is dear and most of the nearest rows pass it. When too few of them pass, the filter is tested on
 * all rows after all, so that a hint costs at most a part of the search.
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

  /** The filter is tested on all rows when this part of them was not enough. */
  private static final int TESTED_PART = 8;

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
    int testedMax = Math.max(2 * limit, view.rowCount() / TESTED_PART);
    int tested = 0;
    while (found.size() < limit) {
      ParallelWork.requireTime(deadline);
      if (tested >= testedMax) {
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
