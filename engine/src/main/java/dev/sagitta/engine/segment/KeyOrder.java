package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.RowOrder;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Finds the rows of a primary key in a chunk by binary search over a stored permutation of the
 * rows, sorted by key and then by row; without a permutation the rows themselves are in order, as
 * generated keys are. Reads in place, keeps nothing on the heap.
 */
final class KeyOrder {
  private final Column keys;
  private final int rowCount;
  private final Optional<MemorySegment> order;

  KeyOrder(Column keys, Optional<MemorySegment> order) {
    this.keys = keys;
    this.rowCount = keys.rowCount();
    this.order = order;
  }

  /** First position whose key is not below the given one. */
  int lowerBound(long key) {
    LongColumn values = (LongColumn) keys;
    int low = 0;
    int high = rowCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.longAt(rowAt(middle)) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** First position whose key is not below the given one. */
  int lowerBound(byte[] utf8) {
    StringColumn values = (StringColumn) keys;
    int low = 0;
    int high = rowCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.compareUtf8(rowAt(middle), utf8) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean hasKey(int position, long key) {
    return position < rowCount && ((LongColumn) keys).longAt(rowAt(position)) == key;
  }

  boolean hasKey(int position, byte[] utf8) {
    return position < rowCount && ((StringColumn) keys).utf8Equals(rowAt(position), utf8);
  }

  /** The row at a position of the order. */
  int rowAt(int position) {
    return order.isPresent()
        ? order.get().get(LittleEndian.INT, (long) position * Integer.BYTES)
        : position;
  }

  /**
   * The order of the rows {@code from} to {@code to - 1} by key, as row numbers from 0 on, int32
   * each; empty if they are in order already.
   */
  static Optional<MemorySegment> compute(Column keys, int from, int to) {
    RowOrder.RowComparator comparator =
        switch (keys) {
          case LongColumn integers -> {
            long[] values = new long[to - from];
            for (int row = from; row < to; row++) {
              values[row - from] = integers.longAt(row);
            }
            yield (left, right) -> Long.compare(values[left], values[right]);
          }
          case StringColumn strings ->
              (left, right) -> strings.compareRows(from + left, strings, from + right);
          default ->
              throw new IllegalArgumentException("not a primary key type: type=" + keys.type());
        };
    if (RowOrder.isSorted(to - from, comparator)) {
      return Optional.empty();
    }
    int[] rows = RowOrder.sort(to - from, comparator);
    byte[] bytes = new byte[Math.multiplyExact(rows.length, Integer.BYTES)];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    MemorySegment.copy(rows, 0, memory, LittleEndian.INT, 0, rows.length);
    return Optional.of(memory);
  }
}
