package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Rows on the heap, column by column: what a client wrote, or what a query answers.
 *
 * @param rowCount number of rows, the same in all columns
 * @param columns column by field id, in the order of iteration
 */
public record ColumnBatch(int rowCount, Map<Long, Column> columns) implements ColumnSource {
  public ColumnBatch {
    requireNonNull(columns, "columns is null");
    columns.forEach(
        (fieldId, column) -> {
          if (column.rowCount() != rowCount) {
            throw new IllegalArgumentException(
                "column of another length: fieldId="
                    + fieldId
                    + " rowCount="
                    + column.rowCount()
                    + " expected="
                    + rowCount);
          }
        });
  }

  @Override
  public Column column(long fieldId) {
    Column column = columns.get(fieldId);
    if (column == null) {
      throw new IllegalArgumentException("batch has no such column: fieldId=" + fieldId);
    }
    return column;
  }
}
