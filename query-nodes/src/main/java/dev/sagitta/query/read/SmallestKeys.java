package dev.sagitta.query.read;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.RowOrder;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.segment.SegmentView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows with the smallest keys among those offered, at most a number of them, each key once. Of
 * rows with the same key the youngest is kept.
 *
 * <p>Rows are collected up to about twice the number; then they are sorted, the upper part is
 * dropped, and the largest key that is left bounds what is taken from then on: most rows cost one
 * comparison. Rows are numbers of views and rows all the time, keys are compared where they lie.
 */
final class SmallestKeys {
  private static final int ROOM = 64;

  private final int limit;
  private final int capacity;
  private final Column[] keys;
  private final LongColumn[] timestamps;
  private int[] views = new int[ROOM];
  private int[] rows = new int[ROOM];
  private int size;

  /** Whether only keys up to that of the last collected row at the last sorting are of use. */
  private boolean bounded;

  private int boundView;
  private int boundRow;

  SmallestKeys(List<SegmentView> views, int limit) {
    this.limit = limit;
    this.capacity = (int) Math.min(2L * limit + ROOM, Integer.MAX_VALUE - 8);
    this.keys = new Column[views.size()];
    this.timestamps = new LongColumn[views.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = views.get(i).primaryKeys();
      timestamps[i] = views.get(i).timestamps();
    }
  }

  /**
   * Offers rows of a view.
   *
   * @param selected empty means all
   */
  void offer(int view, Optional<RowBitmap> selected) {
    if (selected.isEmpty()) {
      for (int row = 0; row < keys[view].rowCount(); row++) {
        offer(view, row);
      }
      return;
    }
    RowBitmap bitmap = selected.get();
    for (int row = bitmap.nextRow(0); row >= 0; row = bitmap.nextRow(row + 1)) {
      offer(view, row);
    }
  }

  private void offer(int view, int row) {
    if (bounded && compareKeys(view, row, boundView, boundRow) > 0) {
      return;
    }
    if (size == rows.length) {
      if (size == capacity) {
        sortAndDrop();
      } else {
        int longer = (int) Math.min(2L * size, capacity);
        views = Arrays.copyOf(views, longer);
        rows = Arrays.copyOf(rows, longer);
      }
    }
    views[size] = view;
    rows[size++] = row;
  }

  /** Ends the offers: the kept rows are in the order of their keys from now on. */
  void finish() {
    sortAndDrop();
  }

  int size() {
    return size;
  }

  int viewAt(int position) {
    return views[position];
  }

  int rowAt(int position) {
    return rows[position];
  }

  private void sortAndDrop() {
    RowOrder.RowComparator comparator = this::compare;
    boolean sorted = RowOrder.isSorted(size, comparator);
    int[] order = sorted ? new int[0] : RowOrder.sort(size, comparator);
    int[] keptViews = new int[views.length];
    int[] keptRows = new int[rows.length];
    int kept = 0;
    for (int i = 0; i < size && kept < limit; i++) {
      int position = sorted ? i : order[i];
      boolean repeated =
          kept > 0
              && compareKeys(
                      views[position], rows[position], keptViews[kept - 1], keptRows[kept - 1])
                  == 0;
      if (!repeated) {
        keptViews[kept] = views[position];
        keptRows[kept++] = rows[position];
      }
    }
    views = keptViews;
    rows = keptRows;
    size = kept;
    if (kept == limit && kept > 0) {
      bounded = true;
      boundView = views[kept - 1];
      boundRow = rows[kept - 1];
    }
  }

  /** By key, the youngest first among equals. */
  private int compare(int left, int right) {
    int order = compareKeys(views[left], rows[left], views[right], rows[right]);
    return order != 0
        ? order
        : Long.compare(
            timestamps[views[right]].longAt(rows[right]),
            timestamps[views[left]].longAt(rows[left]));
  }

  private int compareKeys(int leftView, int leftRow, int rightView, int rightRow) {
    Column left = keys[leftView];
    Column right = keys[rightView];
    return left instanceof LongColumn integers
        ? Long.compare(integers.longAt(leftRow), ((LongColumn) right).longAt(rightRow))
        : ((StringColumn) left).compareRows(leftRow, (StringColumn) right, rightRow);
  }
}
