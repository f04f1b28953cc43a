package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.MemoryColumn;
import dev.sagitta.engine.column.Validity;
import dev.sagitta.engine.column.ValueLocator;
import dev.sagitta.engine.column.VectorListColumn;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * The vectors of all lists of a column, list by list, as rows of a column of their own: element e
 * belongs to the row whose first element is the last one not behind e. Null and empty lists have
 * none. Immutable.
 */
final class ListElements {
  private final VectorListColumn lists;

  /** First element of each row, and the number of all elements at the end. */
  private final int[] starts;

  ListElements(VectorListColumn lists) {
    this.lists = lists;
    this.starts = new int[lists.rowCount() + 1];
    for (int row = 0; row < lists.rowCount(); row++) {
      int length = lists.isNull(row) ? 0 : lists.lengthAt(row);
      starts[row + 1] = Math.addExact(starts[row], length);
    }
  }

  int count() {
    return starts[starts.length - 1];
  }

  /** The row whose list has the element. */
  int rowOf(int element) {
    int position = Arrays.binarySearch(starts, element);
    if (position < 0) {
      return -position - 2;
    }
    // Rows without elements start where the next row does.
    while (starts[position + 1] == element) {
      position++;
    }
    return position;
  }

  /** The elements of the given rows. */
  RowBitmap elementsOf(RowBitmap rows) {
    RowBitmap elements = new RowBitmap(count());
    int end = Math.min(lists.rowCount(), rows.rowCount());
    for (int row = rows.nextRow(0); row >= 0 && row < end; row = rows.nextRow(row + 1)) {
      elements.addRange(starts[row], starts[row + 1]);
    }
    return elements;
  }

  /** All elements, read where they lie. */
  DenseVectorColumn column() {
    ColumnType type = new ColumnType(lists.elementType(), Optional.empty(), lists.dimension());
    return (DenseVectorColumn) MemoryColumn.create(type, count(), new Locator(), Validity.NO_NULLS);
  }

  private final class Locator extends ValueLocator {
    @Override
    public MemorySegment memoryOf(int element) {
      return lists.blockOf(rowOf(element));
    }

    @Override
    public long offsetOf(int element) {
      int row = rowOf(element);
      return lists.offsetInBlock(row) + (long) (element - starts[row]) * lists.vectorBytes();
    }

    @Override
    public int lengthOf(int element) {
      return lists.vectorBytes();
    }

    @Override
    public int contiguousRows(int element) {
      return starts[rowOf(element) + 1] - element;
    }
  }
}
