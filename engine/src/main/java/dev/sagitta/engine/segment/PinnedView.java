package dev.sagitta.engine.segment;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.Bm25Count;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.GrowingVectorIndex;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.sparse.GrowingSparseIndex;
import dev.sagitta.engine.index.sparse.TermStatistics;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.words.TextIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The view of both kinds of segments: what was published, with its memory and indexes pinned. */
final class PinnedView implements SegmentView {
  /**
   * What a segment had published when the view was made.
   *
   * @param columns makes the column of a field of the schema, or of the timestamps
   * @param deleteCount entries of the delete log that the view sees
   * @param indexes pinned indexes by field
   * @param scalarIndexes pinned scalar indexes by their ids
   * @param chunks what is known about the rows, chunk by chunk; empty if nothing is
   * @param textIndexes text indexes in memory, for fields without a file of one
   * @param termSource counts the terms of complete segments; empty if rows may still come
   * @param minTimestamp no row has a smaller timestamp
   * @param maxTimestamp no row has a greater timestamp
   */
  record Published(
      long segmentId,
      long partitionId,
      CollectionSchema schema,
      int rowCount,
      LongFunction<Column> columns,
      DeleteLog deletes,
      int deleteCount,
      RowFinder finder,
      Predicate<PrimaryKeys> mayContain,
      Map<Long, AttachedIndex> indexes,
      Map<Long, AttachedScalarIndex> scalarIndexes,
      List<ChunkStats> chunks,
      TextIndexes textIndexes,
      Optional<TermSource> termSource,
      long minTimestamp,
      long maxTimestamp) {}

  /** Counts what BM25 must know about the rows of a field. */
  @FunctionalInterface
  interface TermSource {
    Bm25Statistics count(long fieldId, int[] indices);
  }

  private final Published published;
  private final PinnedArena memory;

  /** Rows with this timestamp or a smaller one are hidden. */
  private final long expiredUntil;

  private final Map<Long, Column> columns = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a use of the memory and of the indexes. */
  PinnedView(Published published, PinnedArena memory) {
    this(published, memory, Long.MIN_VALUE);
  }

  private PinnedView(Published published, PinnedArena memory, long expiredUntil) {
    this.published = published;
    this.memory = memory;
    this.expiredUntil = expiredUntil;
  }

  @Override
  public SegmentView withoutExpired(long newExpiredUntil) {
    if (!closed.compareAndSet(false, true)) {
      throw closedException();
    }
    return new PinnedView(published, memory, Math.max(expiredUntil, newExpiredUntil));
  }

  @Override
  public long segmentId() {
    return published.segmentId;
  }

  @Override
  public long partitionId() {
    return published.partitionId;
  }

  @Override
  public int rowCount() {
    return published.rowCount;
  }

  @Override
  public Column column(long fieldId) {
    requireOpen();
    Column known = columns.get(fieldId);
    return known != null ? known : columns.computeIfAbsent(fieldId, published.columns::apply);
  }

  @Override
  public List<ScalarIndex> scalarIndexes(long fieldId) {
    requireOpen();
    List<ScalarIndex> usable = new ArrayList<>();
    if (!published.chunks.isEmpty()) {
      usable.add(new ChunkRanges(published.chunks, fieldId, published.rowCount));
    }
    for (AttachedScalarIndex attached : published.scalarIndexes.values()) {
      if (attached.fieldId() == fieldId) {
        usable.add(attached.index());
      }
    }
    if (usable.stream().noneMatch(TextIndex.class::isInstance)
        && published.schema.field(fieldId).filter(FieldSchema::matched).isPresent()) {
      published.textIndexes.over(published.schema, fieldId, column(fieldId)).ifPresent(usable::add);
    }
    return usable;
  }

  @Override
  public LongColumn timestamps() {
    return (LongColumn) column(FieldSchema.TIMESTAMP_FIELD_ID);
  }

  @Override
  public Column primaryKeys() {
    return column(published.schema.primaryKey().id());
  }

  @Override
  public Optional<RowBitmap> visibleRows(long timestamp) {
    requireOpen();
    if (timestamp == Long.MAX_VALUE) {
      Optional<RowBitmap> notDeleted =
          published.deletes.visibleRows(published.rowCount, published.deleteCount);
      return hasExpiredRows() ? Optional.of(withoutExpired(notDeleted)) : notDeleted;
    }
    RowBitmap rows =
        published.deletes.visibleRows(published.rowCount, published.deleteCount, timestamp);
    if (published.maxTimestamp > timestamp) {
      LongColumn timestamps = timestamps();
      for (int row = 0; row < published.rowCount; row++) {
        if (timestamps.longAt(row) > timestamp) {
          rows.remove(row);
        }
      }
    }
    return Optional.of(hasExpiredRows() ? withoutExpired(Optional.of(rows)) : rows);
  }

  private boolean hasExpiredRows() {
    return published.rowCount > 0 && published.minTimestamp <= expiredUntil;
  }

  private RowBitmap withoutExpired(Optional<RowBitmap> visible) {
    if (published.maxTimestamp <= expiredUntil) {
      return new RowBitmap(published.rowCount);
    }
    RowBitmap rows =
        visible.map(RowBitmap::copy).orElseGet(() -> RowBitmap.full(published.rowCount));
    if (published.chunks.isEmpty()) {
      removeExpired(rows, 0, published.rowCount);
    }
    int first = 0;
    for (ChunkStats chunk : published.chunks) {
      int end = first + chunk.rowCount();
      if (chunk.minTimestamp() <= expiredUntil) {
        removeExpired(rows, first, end);
      }
      first = end;
    }
    return rows;
  }

  private void removeExpired(RowBitmap rows, int from, int to) {
    LongColumn timestamps = timestamps();
    for (int row = from; row < to; row++) {
      if (timestamps.longAt(row) <= expiredUntil) {
        rows.remove(row);
      }
    }
  }

  @Override
  public int[] find(PrimaryKeys keys) {
    requireOpen();
    return published.finder.find(keys, published.rowCount).toSortedArray();
  }

  @Override
  public boolean mayContain(PrimaryKeys keys) {
    requireOpen();
    return published.mayContain.test(keys);
  }

  @Override
  public void vectorSearch(
      long fieldId,
      MetricType metric,
      List<QueryVector> queries,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      List<TopRows> results) {
    requireOpen();
    VectorColumn vectors = (VectorColumn) column(fieldId);
    int indexedRows = 0;
    AttachedIndex attached = published.indexes.get(fieldId);
    if (attached != null && attached.metric() == metric) {
      VectorIndex index = attached.index();
      indexedRows = Math.min(index.rowCount(), published.rowCount);
      if (index instanceof GrowingVectorIndex growing) {
        countScanned(attached, published.rowCount - indexedRows, allowed, queries.size());
        for (int i = 0; i < queries.size(); i++) {
          growing.searchBelow(indexedRows, queries.get(i), parameters, allowed, results.get(i));
        }
      } else {
        index.searchAll(queries, parameters, allowed, results);
      }
    }
    if (indexedRows < published.rowCount) {
      ExactScan.searchAll(
          vectors, indexedRows, published.rowCount, metric, queries, parameters, allowed, results);
    }
  }

  /** Tells the background task what searches pay for rows that it has not indexed. */
  private static void countScanned(
      AttachedIndex attached, int rows, Optional<RowBitmap> allowed, int searches) {
    if (rows > 0) {
      int compared = allowed.map(bitmap -> Math.min(rows, bitmap.cardinality())).orElse(rows);
      attached.scannedRows().add((long) compared * searches);
    }
  }

  @Override
  public Bm25Statistics bm25Statistics(long fieldId, int[] indices) {
    requireOpen();
    if (published.termSource.isPresent()) {
      return published.termSource.get().count(fieldId, indices);
    }
    Bm25Count indexed = new Bm25Count(0, Bm25Statistics.none(indices));
    AttachedIndex attached = published.indexes.get(fieldId);
    if (attached != null
        && attached.metric() == MetricType.BM25
        && attached.index() instanceof GrowingSparseIndex growing) {
      indexed = growing.count(indices);
    }
    if (indexed.rowCount() >= published.rowCount) {
      return indexed.statistics();
    }
    TermStatistics rest =
        TermStatistics.count(
            (SparseVectorColumn) column(fieldId), indexed.rowCount(), published.rowCount);
    return indexed.statistics().plus(rest.bm25Statistics(indices));
  }

  /** The field's index, or null. */
  AttachedIndex index(long fieldId) {
    return published.indexes.get(fieldId);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      published.indexes.values().forEach(index -> index.users().release());
      published.scalarIndexes.values().forEach(index -> index.users().release());
      memory.release();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw closedException();
    }
  }

  private IllegalStateException closedException() {
    return new IllegalStateException("view is closed: segmentId=" + published.segmentId);
  }
}
