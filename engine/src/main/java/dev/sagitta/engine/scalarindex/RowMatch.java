package dev.sagitta.engine.scalarindex;

import dev.sagitta.engine.bitmap.RowBitmap;

/**
 * The rows that an index found for a test. Made cheaply, so that a planner can compare it with a
 * scan; {@link #rows} does the work. Valid as long as the index is.
 */
public interface RowMatch {
  /** About how many rows there are. */
  long estimatedRows();

  /** Rough nanoseconds of {@link #rows}. */
  double cost();

  /**
   * Whether the rows are exactly those that pass. If not, rows beside them do not pass, and they
   * have to be tested. Null rows may be among them in both cases.
   */
  boolean exact();

  /** The rows, in a new set. */
  RowBitmap rows();
}
