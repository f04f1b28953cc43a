package dev.sagitta.engine.scalarindex;

import java.util.Optional;

/**
 * What tells the rows of a segment by the values of one field, without reading the field's column.
 * Safe for concurrent use until it is closed.
 */
public interface ScalarIndex extends AutoCloseable {
  /** Rows 0 to this are known to the index. */
  int rowCount();

  /** The rows that pass the test, or empty if the index knows nothing about them. */
  Optional<RowMatch> match(ScalarTest test);

  /** Bytes of memory beside what is only mapped. */
  long sizeInBytes();

  @Override
  void close();
}
