package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorColumn;
import java.util.Optional;

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
  void append(VectorColumn vectors, int toRow);

  /**
   * How many rows a search can compare without the index in the time that it takes to append one.
   * Rows that are hardly searched are not worth an index; 0 if appending costs next to nothing.
   */
  int scannedRowsPerAppend();

  /**
   * Like {@link VectorIndex#search}, but offers only rows below {@code rowLimit}. Who scans the
   * rows that are not indexed yet reads {@link #rowCount()} once and gives it to both sides, so
   * that rows indexed meanwhile are not found twice.
   *
   * @param rowLimit at most {@link #rowCount()} as read before
   */
  void searchBelow(
      int rowLimit,
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results);
}
