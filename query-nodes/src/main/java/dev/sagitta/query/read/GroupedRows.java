package dev.sagitta.query.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.index.SearchIterator;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.hit.GroupCounts;
import dev.sagitta.query.request.Grouping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nearest groups of one segment: goes through the rows from the nearest on until the groups are
 * complete, so the answer does not depend on a guess how many rows that takes. Rows of groups that
 * are closed are taken out of the search after the first batches, so one large group near the query
 * does not make the search go through all of it.
 */
final class GroupedRows {
  private static final int FIRST_BATCH = 64;
  private static final int LARGEST_BATCH = 4096;

  private final GroupValues values;
  private final Column primaryKeys;
  private final GroupCounts counts;
  private final Set<Object> keys = new HashSet<>();
  private final List<Kept> kept = new ArrayList<>();

  private GroupedRows(SegmentView view, Grouping grouping, int limit) {
    this.values = GroupValues.of(view, grouping);
    this.primaryKeys = view.primaryKeys();
    this.counts = new GroupCounts(grouping, limit);
  }

  /**
   * The rows of the groups, best first.
   *
   * @param limit most groups
   */
  static TopRows collect(
      SegmentView view,
      SearchIterator nearest,
      Grouping grouping,
      int limit,
      boolean largerIsNearer,
      Deadline deadline) {
    GroupedRows rows = new GroupedRows(view, grouping, limit);
    if (grouping.only().isPresent()) {
      nearest.exclude(row -> rows.counts.isClosed(rows.values.at(row)));
    }
    int batch = Math.clamp((long) limit * grouping.size(), FIRST_BATCH, LARGEST_BATCH);
    while (!rows.counts.isComplete()) {
      ParallelWork.requireTime(deadline);
      TopRows found = nearest.next(batch);
      if (found.size() == 0) {
        break;
      }
      rows.take(found);
      if (!rows.counts.isComplete()) {
        nearest.exclude(row -> rows.counts.isClosed(rows.values.at(row)));
      }
      batch = Math.min(2 * batch, LARGEST_BATCH);
    }
    TopRows best = new TopRows(Math.max(1, rows.kept.size()), largerIsNearer);
    rows.kept.forEach(row -> best.offer(row.row, row.score));
    best.sortBestFirst();
    return best;
  }

  private void take(TopRows found) {
    for (int i = 0; i < found.size() && !counts.isComplete(); i++) {
      int row = found.rowAt(i);
      var group = values.at(row);
      if (!counts.isClosed(group) && keys.add(keyOf(row))) {
        boolean _ = counts.admit(group);
        kept.add(new Kept(row, found.scoreAt(i)));
      }
    }
  }

  private Object keyOf(int row) {
    return primaryKeys instanceof StringColumn strings
        ? strings.stringAt(row)
        : (Object) ((LongColumn) primaryKeys).longAt(row);
  }

  private record Kept(int row, float score) {}
}
