package dev.sagitta.query.read;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.request.RowVisibility;
import java.util.Optional;

/** Which rows of a view a filter lets through, hidden ones left out. */
final class RowSelection {
  private RowSelection() {}

  /** The rows; empty means all of the view. The bitmap must not be changed. */
  static Optional<RowBitmap> select(SegmentView view, Filter filter, RowVisibility visibility) {
    Optional<RowBitmap> visible = view.visibleRows(visibility.readTimestamp());
    if (filter.matchesAll()) {
      return visible;
    }
    Optional<PrimaryKeys> keys = filter.primaryKeys();
    if (keys.isPresent()) {
      return Optional.of(rowsOf(view, keys.get(), visible));
    }
    RowBitmap candidates = visible.orElseGet(() -> RowBitmap.full(view.rowCount()));
    return Optional.of(filter.evaluate(view, candidates));
  }

  private static RowBitmap rowsOf(SegmentView view, PrimaryKeys keys, Optional<RowBitmap> visible) {
    RowBitmap rows = new RowBitmap(view.rowCount());
    for (int row : view.find(keys)) {
      if (visible.isEmpty() || visible.get().contains(row)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
