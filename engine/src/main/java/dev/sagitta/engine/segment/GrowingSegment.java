package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.Columns;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.GrowingVectorIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A segment in memory that takes rows. One thread at a time appends, deletes and changes the
 * schema; any number reads through views and indexes rows, without locks: rows lie in blocks that
 * never move, and a view sees those that were published when it was acquired.
 */
public final class GrowingSegment implements Segment {
  /** What readers may see. */
  private record Rows(
      CollectionSchema schema,
      Map<Long, GrowingColumn> columns,
      int rowCount,
      long minTimestamp,
      long maxTimestamp,
      long dataBytes) {}

  private final long collectionId;
  private final long id;
  private final long partitionId;
  private final String vchannel;
  private final long primaryKeyFieldId;
  private final PinnedArena memory = new PinnedArena();
  private final GrowingKeyedRows keyedRows;
  private final GrowingColumn timestampColumn;
  private final DeleteLog deletes = new DeleteLog();
  private final IndexSet<AttachedIndex> indexes = new IndexSet<>();
  private final TextIndexes textIndexes = new TextIndexes();
  private volatile Rows published;
  private volatile boolean closed;

  /** An empty segment. */
  public GrowingSegment(
      long collectionId, long id, long partitionId, String vchannel, CollectionSchema schema) {
    this.collectionId = collectionId;
    this.id = id;
    this.partitionId = partitionId;
    this.vchannel = requireNonNull(vchannel, "vchannel is null");
    this.primaryKeyFieldId = schema.primaryKey().id();
    Map<Long, GrowingColumn> columns = new HashMap<>();
    for (FieldSchema field : schema.fields()) {
      columns.put(field.id(), new GrowingColumn(ColumnType.of(field), memory.arena()));
    }
    this.timestampColumn = new GrowingColumn(ColumnType.TIMESTAMP, memory.arena());
    columns.put(FieldSchema.TIMESTAMP_FIELD_ID, timestampColumn);
    this.keyedRows =
        new GrowingKeyedRows(
            new GrowingKeyIndex(schema.primaryKey().type(), memory.arena()),
            columns.get(primaryKeyFieldId),
            timestampColumn,
            deletes);
    this.published = new Rows(schema, Map.copyOf(columns), 0, Long.MAX_VALUE, Long.MIN_VALUE, 0);
  }

  public long collectionId() {
    return collectionId;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public long partitionId() {
    return partitionId;
  }

  @Override
  public String vchannel() {
    return vchannel;
  }

  @Override
  public int rowCount() {
    return published.rowCount;
  }

  @Override
  public long maxTimestamp() {
    return published.maxTimestamp;
  }

  /** Bytes of the values appended so far: about what a flush would write. */
  public long dataBytes() {
    return published.dataBytes;
  }

  @Override
  public long memoryBytes() {
    long bytes =
        keyedRows.memoryBytes()
            + deletes.memoryBytes()
            + indexes.memoryBytes()
            + textIndexes.memoryBytes();
    for (GrowingColumn column : published.columns.values()) {
      bytes += column.memoryBytes();
    }
    return bytes;
  }

  /**
   * Appends rows and publishes them all at once. Fields that the batch lacks get their default.
   *
   * @param timestamp timestamp of the rows
   * @throws IllegalArgumentException if a column is not of its field's type; nothing is appended
   */
  public void append(ColumnBatch rows, long timestamp) {
    requireOpen();
    Rows before = published;
    Map<GrowingColumn, Column> sources = new HashMap<>();
    for (FieldSchema field : before.schema.fields()) {
      sources.put(before.columns.get(field.id()), sourceOf(rows, field));
    }
    sources.forEach(GrowingColumn::append);
    for (int row = 0; row < rows.rowCount(); row++) {
      timestampColumn.appendLong(timestamp);
    }
    int rowCount = before.rowCount + rows.rowCount();
    keyedRows.add(before.rowCount, rowCount);
    long dataBytes = 0;
    for (GrowingColumn column : before.columns.values()) {
      dataBytes += column.dataBytes();
    }
    published =
        new Rows(
            before.schema,
            before.columns,
            rowCount,
            Math.min(before.minTimestamp, timestamp),
            Math.max(before.maxTimestamp, timestamp),
            dataBytes);
  }

  private static Column sourceOf(ColumnBatch rows, FieldSchema field) {
    Column source = rows.columns().get(field.id());
    if (source == null) {
      return Columns.defaults(field, rows.rowCount());
    }
    if (!ColumnType.of(source).equals(ColumnType.of(field))) {
      throw new IllegalArgumentException(
          "column of another type: field="
              + field.name()
              + " type="
              + ColumnType.of(source)
              + " expected="
              + ColumnType.of(field));
    }
    return source;
  }

  @Override
  public void updateSchema(CollectionSchema schema) {
    requireOpen();
    Rows before = published;
    Map<Long, GrowingColumn> columns = new HashMap<>(before.columns);
    for (FieldSchema field : schema.fields()) {
      if (!columns.containsKey(field.id())) {
        GrowingColumn column = new GrowingColumn(ColumnType.of(field), memory.arena());
        column.append(Columns.defaults(field, before.rowCount));
        columns.put(field.id(), column);
      }
    }
    published =
        new Rows(
            schema,
            Map.copyOf(columns),
            before.rowCount,
            before.minTimestamp,
            before.maxTimestamp,
            before.dataBytes);
  }

  @Override
  public int delete(PrimaryKeys wanted, long timestamp) {
    requireOpen();
    return keyedRows.hide(wanted, published.rowCount, timestamp);
  }

  @Override
  public boolean mayContain(PrimaryKeys wanted) {
    return keyedRows.contains(wanted, published.rowCount);
  }

  /** Takes over an empty index, to be filled by {@link #indexNext}. */
  public void attachIndex(long fieldId, MetricType metric, GrowingVectorIndex index) {
    indexes.attach(fieldId, AttachedIndex.of(metric, index, () -> {}));
  }

  /**
   * How many of the field's rows without index are worth one: as many as could have been indexed in
   * the time that searches spent to compare rows without. So a load that nobody searches costs no
   * index, and at worst searching and indexing take twice as long as the better of always and never
   * would.
   */
  public int rowsWorthIndexing(long fieldId) {
    return indexes.get(fieldId).map(index -> index.rowsWorthIndexing(rowCount())).orElse(0);
  }

  /**
   * Indexes the next rows of a field: the step of a background task. One thread at a time a field.
   *
   * @param maxRows at most this many rows
   * @return number of published rows that are still not indexed; 0 if the field has no index
   * @throws IllegalStateException if the segment is closed
   */
  public int indexNext(long fieldId, int maxRows) {
    try (PinnedView view = pin()) {
      AttachedIndex attached = view.index(fieldId);
      if (attached == null || !(attached.index() instanceof GrowingVectorIndex index)) {
        return 0;
      }
      int target = (int) Math.min(view.rowCount(), (long) index.rowCount() + maxRows);
      if (target > index.rowCount()) {
        index.append((VectorColumn) view.column(fieldId), target);
      }
      return published.rowCount - target;
    }
  }

  /**
   * Takes the next texts of a field with {@code enable_match} into its index: the step of a
   * background task.
   *
   * @param maxRows at most this many rows
   * @return number of published rows whose texts are still not taken
   * @throws IllegalStateException if the segment is closed
   */
  public int indexNextTexts(long fieldId, int maxRows) {
    try (PinnedView view = pin()) {
      return textIndexes
          .index(published.schema, fieldId)
          .map(index -> index.append((StringColumn) view.column(fieldId), view.rowCount(), maxRows))
          .orElse(0);
    }
  }

  @Override
  public SegmentView acquire() {
    return pin();
  }

  private PinnedView pin() {
    if (closed || !memory.tryRetain()) {
      throw closedException();
    }
    // The deletes first: all their rows are among the published ones then.
    int deleteCount = deletes.size();
    Rows rows = published;
    return new PinnedView(
        new PinnedView.Published(
            id,
            partitionId,
            rows.schema,
            rows.rowCount,
            fieldId -> column(rows, fieldId),
            deletes,
            deleteCount,
            keyedRows::find,
            this::mayContain,
            indexes.retainAll(),
            Map.of(),
            List.of(),
            textIndexes,
            Optional.empty(),
            rows.minTimestamp,
            rows.maxTimestamp),
        memory);
  }

  private Column column(Rows rows, long fieldId) {
    GrowingColumn column = rows.columns.get(fieldId);
    if (column == null) {
      throw new IllegalArgumentException(
          "segment has no such field: segmentId=" + id + " fieldId=" + fieldId);
    }
    return column.column(rows.rowCount);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      indexes.close();
      memory.release();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw closedException();
    }
  }

  private IllegalStateException closedException() {
    return new IllegalStateException("segment is closed: segmentId=" + id);
  }
}
