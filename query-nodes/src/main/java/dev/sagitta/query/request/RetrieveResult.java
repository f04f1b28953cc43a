package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;

/**
 * Rows in the order of their primary keys, or only how many there are.
 *
 * @param count matching rows for a count, else the rows in {@code rows}
 * @param rows the primary key and the asked fields; no rows for a count
 */
public record RetrieveResult(long count, ColumnBatch rows) {
  public RetrieveResult {
    requireNonNull(rows, "rows is null");
  }
}
