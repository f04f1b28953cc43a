package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;

/**
 * The values of one field for the rows 0 to {@code rowCount() - 1} of a batch, a growing segment or
 * a chunk of a sealed one. Readers are safe for concurrent use. The typed sub-interfaces below are
 * the only way to a value; reading a null row gives an arbitrary value of the type, never an error.
 */
public interface Column {
  DataType type();

  int rowCount();

  boolean isNull(int row);

  /** Whether any row may be null; false lets loops skip the null check. */
  boolean mayHaveNulls();
}
