package dev.sagitta.engine.index;

import dev.sagitta.engine.column.FloatVectorColumn;

/**
 * An index that accepts rows while it is searched: the hook by which a growing segment keeps its
 * searches fast. One thread at a time appends; searches run concurrently and see rows 0 to {@link
 * #rowCount()} - 1. As with all indexes, {@link #close()} is called when nobody searches or
 * appends.
 */
public interface GrowingVectorIndex extends VectorIndex {
  /**
   * Indexes the rows {@link #rowCount()} to {@code toRow - 1}, and publishes them through {@link
   * #rowCount()} one by one or all at once.
   *
   * @param vectors the segment's vectors, at least {@code toRow} rows; each row's memory stays
   *     where it is until the index is closed, also when later calls bring a longer column
   */
  void append(FloatVectorColumn vectors, int toRow);
}
