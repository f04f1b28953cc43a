package dev.sagitta.engine.segment;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.scalarindex.IndexedColumns;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Optional;

/**
 * A segment as it was at one moment: its rows, deletes and indexes. Safe for concurrent use by many
 * threads until it is closed. Whoever uses a view or a column of it after {@link #close()} gets
 * {@link IllegalStateException} or, while another view still pins the memory, old values; never a
 * crash.
 */
public interface SegmentView extends IndexedColumns, AutoCloseable {
  long segmentId();

  long partitionId();

  /** Timestamps of the rows, field {@code FieldSchema.TIMESTAMP_FIELD_ID}. */
  LongColumn timestamps();

  /** Primary keys of the rows: a {@code LongColumn} or a {@code StringColumn}. */
  Column primaryKeys();

  /**
   * The rows that a read at {@code timestamp} sees: written at or before it, and not hidden by a
   * delete at or before it. Empty means all rows. The bitmap is shared: callers must not change it.
   *
   * @param timestamp {@link Long#MAX_VALUE} for everything the view holds
   */
  Optional<RowBitmap> visibleRows(long timestamp);

  /**
   * This view without the rows that were written at or before the timestamp: they are hidden as if
   * they were deleted. It takes this view over: only the answer is used and closed from now on.
   */
  SegmentView withoutExpired(long expiredUntil);

  /** The rows with one of the keys, ascending, hidden ones included. */
  int[] find(PrimaryKeys keys);

  /** Whether the segment's statistics allow a row with one of the keys; false is certain. */
  boolean mayContain(PrimaryKeys keys);

  /**
   * What BM25 must know about the rows of a field, hidden ones included.
   *
   * @param indices terms: sorted, compared unsigned, none twice; not changed afterwards
   */
  Bm25Statistics bm25Statistics(long fieldId, int[] indices);

  /**
   * Offers the rows nearest to each query to its {@code results}: through the field's index where
   * there is one for this metric, else by exact scan; rows behind an index's last row are scanned.
   *
   * @param queries query vectors, of the kind and dimension of the field
   * @param parameters search parameters, already validated
   * @param allowed rows that may be offered, {@code rowCount()} bits; empty means all, hidden ones
   *     included
   * @param results as many as queries
   */
  void vectorSearch(
      long fieldId,
      MetricType metric,
      List<QueryVector> queries,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      List<TopRows> results);

  @Override
  void close();
}
