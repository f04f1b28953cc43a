package dev.sagitta.engine.scalarindex;

import java.util.Optional;

/**
 * What tells the rows of a segment by the values of one field, without reading the field's column.
 * Safe for concurrent use until it is closed.
 */
public interface ScalarIndex extends AutoCloseable {
  /** Rows of the segment; filters take an index only for columns of as many rows. */
  int rowCount();

  /** The rows that pass the test, or empty if the index knows nothing about them. */
  Optional<RowMatch> match(ScalarTest test);

  /** Bytes of memory beside what is only mapped. */
  long sizeInBytes();

  @Override
  void close();
}
