package dev.sagitta.query.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The rows with the smallest keys among those offered, at most a number of them. Of rows with the
 * same key the youngest is kept.
 */
final class SmallestKeys {
  private static final Comparator<KeyedRow> ORDER =
      Comparator.comparing(KeyedRow::key, SmallestKeys::compareKeys)
          .thenComparing(KeyedRow::timestamp, Comparator.reverseOrder());

  private final int limit;
  private final PriorityQueue<KeyedRow> largestFirst = new PriorityQueue<>(ORDER.reversed());

  SmallestKeys(int limit) {
    this.limit = limit;
  }

  void offer(int view, int row, Column keys, LongColumn timestamps) {
    Object key =
        keys instanceof StringColumn strings
            ? strings.stringAt(row).getBytes(StandardCharsets.UTF_8)
            : (Object) ((LongColumn) keys).longAt(row);
    if (largestFirst.size() == limit && compareKeys(key, largestFirst.peek().key) > 0) {
      return;
    }
    largestFirst.add(new KeyedRow(key, timestamps.longAt(row), view, row));
    if (largestFirst.size() > limit) {
      KeyedRow _ = largestFirst.poll();
    }
  }

  /** The kept rows, smallest key first, each key once. */
  List<KeyedRow> rows() {
    List<KeyedRow> sorted = new ArrayList<>(largestFirst);
    sorted.sort(ORDER);
    List<KeyedRow> rows = new ArrayList<>(sorted.size());
    for (KeyedRow row : sorted) {
      if (rows.isEmpty() || compareKeys(rows.getLast().key, row.key) != 0) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static int compareKeys(Object left, Object right) {
    return left instanceof Long number
        ? Long.compare(number, (Long) right)
        : Arrays.compareUnsigned((byte[]) left, (byte[]) right);
  }

  /** A row and its key: a Long, or UTF-8 bytes. */
  record KeyedRow(Object key, long timestamp, int view, int row) {}
}
