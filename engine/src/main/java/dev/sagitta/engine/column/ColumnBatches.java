package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes batches out of batches: gather, split, concatenation. Copies values as bytes. */
public final class ColumnBatches {
  private ColumnBatches() {}

  /** The given rows of all columns, in the given order; a row may be named more than once. */
  public static ColumnBatch select(ColumnBatch batch, int[] rows) {
    return select(batch, batch.columns().keySet(), rows);
  }

  /** The given rows of the given fields, in the given order. */
  public static ColumnBatch select(ColumnSource source, Iterable<Long> fieldIds, int[] rows) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (long fieldId : fieldIds) {
      columns.put(fieldId, select(source.column(fieldId), rows));
    }
    return new ColumnBatch(rows.length, columns);
  }

  /** The given rows, in the given order. */
  public static Column select(Column column, int[] rows) {
    ColumnBuilder builder = ColumnBuilder.forType(ColumnType.of(column), rows.length);
    for (int row : rows) {
      builder.appendFrom(column, row);
    }
    return builder.build();
  }

  /** The rows {@code from} to {@code to - 1}. */
  public static Column slice(Column column, int from, int to) {
    return ColumnImage.copyOf(column, from, to).toColumn();
  }

  /**
   * Spreads rows over {@code targetCount} batches, keeping their order.
   *
   * @param targetOfRow number of the batch of each row, 0 to {@code targetCount - 1}
   * @return one batch a target; those without rows are empty
   */
  public static List<ColumnBatch> split(ColumnBatch batch, int[] targetOfRow, int targetCount) {
    List<ColumnBatch> batches = new ArrayList<>(targetCount);
    for (int[] rows : rowsByTarget(targetOfRow, targetCount)) {
      batches.add(rows.length == batch.rowCount() ? batch : select(batch, rows));
    }
    return batches;
  }

  /** For each target its rows, ascending. */
  public static int[][] rowsByTarget(int[] targetOfRow, int targetCount) {
    int[] counts = new int[targetCount];
    for (int target : targetOfRow) {
      counts[target]++;
    }
    int[][] rows = new int[targetCount][];
    for (int target = 0; target < targetCount; target++) {
      rows[target] = new int[counts[target]];
    }
    int[] filled = new int[targetCount];
    for (int row = 0; row < targetOfRow.length; row++) {
      int target = targetOfRow[row];
      rows[target][filled[target]++] = row;
    }
    return rows;
  }

  /** The rows of all batches, one batch after another; all have the first one's fields. */
  public static ColumnBatch concat(List<ColumnBatch> batches) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("nothing to concatenate");
    }
    if (batches.size() == 1) {
      return batches.getFirst();
    }
    int rowCount = batches.stream().mapToInt(ColumnBatch::rowCount).sum();
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (Map.Entry<Long, Column> first : batches.getFirst().columns().entrySet()) {
      ColumnBuilder builder = ColumnBuilder.forType(ColumnType.of(first.getValue()), rowCount);
      for (ColumnBatch batch : batches) {
        Column column = batch.column(first.getKey());
        for (int row = 0; row < batch.rowCount(); row++) {
          builder.appendFrom(column, row);
        }
      }
      columns.put(first.getKey(), builder.build());
    }
    return new ColumnBatch(rowCount, columns);
  }

  /** A column of primary keys. */
  public static Column ofPrimaryKeys(PrimaryKeys keys) {
    ColumnType type = new ColumnType(keys.type(), Optional.empty(), 0);
    ColumnBuilder builder = ColumnBuilder.forType(type, keys.size());
    switch (keys) {
      case PrimaryKeys.LongKeys integers -> {
        for (long value : integers.values()) {
          builder.appendLong(value);
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        for (String value : strings.values()) {
          builder.appendString(value);
        }
      }
    }
    return builder.build();
  }

  /** The values of a primary key column. */
  public static PrimaryKeys primaryKeys(Column column) {
    return switch (column) {
      case LongColumn integers when column.type() == DataType.INT64 -> {
        long[] values = new long[column.rowCount()];
        for (int row = 0; row < values.length; row++) {
          values[row] = integers.longAt(row);
        }
        yield new PrimaryKeys.LongKeys(values);
      }
      case StringColumn strings -> {
        String[] values = new String[column.rowCount()];
        for (int row = 0; row < values.length; row++) {
          values[row] = strings.stringAt(row);
        }
        yield new PrimaryKeys.StringKeys(values);
      }
      default ->
          throw new IllegalArgumentException("not a primary key type: type=" + column.type());
    };
  }
}
