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

  /**
   * The null rows among {@code count} rows (at most 64) from {@code firstRow} on: bit i stands for
   * row {@code firstRow + i}.
   */
  default long nullBits(int firstRow, int count) {
    if (!mayHaveNulls()) {
      return 0;
    }
    long bits = 0;
    for (int i = 0; i < count; i++) {
      if (isNull(firstRow + i)) {
        bits |= 1L << i;
      }
    }
    return bits;
  }
}
