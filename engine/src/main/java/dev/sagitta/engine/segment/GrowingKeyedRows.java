package dev.sagitta.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;

/**
 * Finds and hides a growing segment's rows by key. One thread at a time adds and hides; any number
 * finds.
 */
final class GrowingKeyedRows {
  private final GrowingKeyIndex keys;
  private final GrowingColumn keyColumn;
  private final GrowingColumn timestampColumn;
  private final DeleteLog deletes;

  GrowingKeyedRows(
      GrowingKeyIndex keys,
      GrowingColumn keyColumn,
      GrowingColumn timestampColumn,
      DeleteLog deletes) {
    this.keys = requireNonNull(keys, "keys is null");
    this.keyColumn = requireNonNull(keyColumn, "keyColumn is null");
    this.timestampColumn = requireNonNull(timestampColumn, "timestampColumn is null");
    this.deletes = requireNonNull(deletes, "deletes is null");
  }

  long memoryBytes() {
    return keys.memoryBytes();
  }

  /** Adds the keys of the rows {@code fromRow} to {@code rowCount - 1}. */
  void add(int fromRow, int rowCount) {
    keys.add(keyColumn.column(rowCount), fromRow, deletes);
  }

  /** Hides the rows of the keys that are older than the timestamp; answers how many. */
  int hide(PrimaryKeys wanted, int rowCount, long timestamp) {
    LongColumn timestamps = (LongColumn) timestampColumn.column(rowCount);
    int hidden = 0;
    for (int newest : newestRows(wanted, rowCount)) {
      hidden += hideChain(newest, timestamps, timestamp);
    }
    return hidden;
  }

  /** Hides the older rows of one key, and shortens the writer's chain to those still visible. */
  private int hideChain(int newest, LongColumn timestamps, long timestamp) {
    int hidden = 0;
    int lastVisible = newest;
    int row = newest;
    while (row >= 0) {
      int next = keys.olderVisibleRow(row);
      if (timestamps.longAt(row) < timestamp && deletes.hide(row, timestamp)) {
        hidden++;
      }
      if (row != newest && deletes.isHidden(row)) {
        keys.skipTo(lastVisible, next);
      } else {
        lastVisible = row;
      }
      row = next;
    }
    return hidden;
  }

  /** Whether there is a row of any of the keys, hidden or not. */
  boolean contains(PrimaryKeys wanted, int rowCount) {
    for (int newest : newestRows(wanted, rowCount)) {
      if (newest >= 0) {
        return true;
      }
    }
    return false;
  }

  /** All rows of the keys, hidden or not. */
  RowList find(PrimaryKeys wanted, int rowCount) {
    RowList rows = new RowList();
    for (int newest : newestRows(wanted, rowCount)) {
      for (int row = newest; row >= 0; row = keys.olderRow(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The newest row of each key, -1 for none. */
  private int[] newestRows(PrimaryKeys wanted, int rowCount) {
    Column keyValues = keyColumn.column(rowCount);
    int[] newest = new int[wanted.size()];
    switch (wanted) {
      case PrimaryKeys.LongKeys integers -> {
        for (int i = 0; i < newest.length; i++) {
          newest[i] = keys.newestRow(keyValues, integers.values()[i], rowCount);
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        for (int i = 0; i < newest.length; i++) {
          newest[i] = keys.newestRow(keyValues, strings.values()[i].getBytes(UTF_8), rowCount);
        }
      }
    }
    return newest;
  }
}
