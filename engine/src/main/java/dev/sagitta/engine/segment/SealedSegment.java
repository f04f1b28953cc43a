package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.DeltaDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.Columns;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.sparse.TermStatistics;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.scalarindex.words.TextIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.StorageLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A complete segment, read in place from mapped files: the rows of its chunks one after another.
 * Deletes and indexes come and go; rows and row numbers never change. The files may be removed from
 * their directory while they are mapped.
 */
public final class SealedSegment implements Segment {
  private final long collectionId;
  private final long id;
  private final long partitionId;
  private final String vchannel;
  private final int rowCount;
  private final long minTimestamp;
  private final long maxTimestamp;
  private final List<SealedChunk> chunks;
  private final List<ChunkStats> stats;
  private final PinnedArena memory;
  private final LongColumn timestamps;
  private final DeleteLog deletes = new DeleteLog();
  private final IndexSet<AttachedIndex> indexes = new IndexSet<>();
  private final IndexSet<AttachedScalarIndex> scalarIndexes = new IndexSet<>();
  private final TextIndexes textIndexes = new TextIndexes();
  private volatile CollectionSchema schema;
  private volatile Map<Long, Column> columns;
  private volatile boolean closed;

  private SealedSegment(
      SegmentDescriptor descriptor,
      CollectionSchema schema,
      List<SealedChunk> chunks,
      PinnedArena memory) {
    this.collectionId = descriptor.collectionId();
    this.id = descriptor.id();
    this.partitionId = descriptor.partitionId();
    this.vchannel = descriptor.vchannel();
    this.rowCount = descriptor.rowCount();
    this.chunks = List.copyOf(chunks);
    this.stats = this.chunks.stream().map(SealedChunk::stats).toList();
    this.memory = memory;
    this.schema = schema;
    this.columns = columnsOf(schema);
    this.timestamps = (LongColumn) columns.get(FieldSchema.TIMESTAMP_FIELD_ID);
    this.minTimestamp =
        stats.stream().mapToLong(ChunkStats::minTimestamp).min().orElse(Long.MAX_VALUE);
    this.maxTimestamp =
        chunks.stream()
            .mapToLong(chunk -> chunk.stats().maxTimestamp())
            .max()
            .orElse(Long.MIN_VALUE);
  }

  /**
   * Maps the segment's files and applies its deltas; checks headers, footers, row counts, stats and
   * deltas, but does not read the rows.
   *
   * @param files local file by its name in the store, as in {@link StorageLayout}; all of the
   *     descriptor's chunks and deltas must be there
   * @throws dev.sagitta.engine.storage.UnusableFileException if a file cannot be used
   */
  public static SealedSegment open(
      SegmentDescriptor descriptor, CollectionSchema schema, Function<String, Path> files)
      throws IOException {
    requireNonNull(descriptor, "descriptor is null");
    requireNonNull(schema, "schema is null");
    PinnedArena memory = new PinnedArena();
    try {
      List<SealedChunk> chunks = new ArrayList<>();
      int firstRow = 0;
      for (ChunkDescriptor chunk : descriptor.chunks()) {
        SealedChunk opened =
            SealedChunk.open(
                descriptor.collectionId(),
                descriptor.id(),
                schema,
                chunk,
                firstRow,
                files,
                memory.arena());
        chunks.add(opened);
        firstRow = Math.addExact(firstRow, opened.rowCount());
      }
      SealedSegment segment = new SealedSegment(descriptor, schema, chunks, memory);
      for (DeltaDescriptor delta : descriptor.deltas()) {
        segment.applyDelta(delta, files);
      }
      return segment;
    } catch (IOException | RuntimeException e) {
      memory.release();
      throw e;
    }
  }

  private void applyDelta(DeltaDescriptor delta, Function<String, Path> files) throws IOException {
    String name = StorageLayout.delta(collectionId, id, delta.number());
    try (Arena arena = Arena.ofShared()) {
      DeltaFile file =
          DeltaFile.open(
              name,
              BlockFile.map(files.apply(name), arena),
              new FileIdentity(collectionId, id, 0, delta.number()));
      file.verify();
      PrimaryKeys keys = file.keys();
      for (int from = 0; from < keys.size(); ) {
        int to = from + 1;
        while (to < keys.size() && file.timestampAt(to) == file.timestampAt(from)) {
          to++;
        }
        int _ = delete(range(keys, from, to), file.timestampAt(from));
        from = to;
      }
    }
  }

  private static PrimaryKeys range(PrimaryKeys keys, int from, int to) {
    return switch (keys) {
      case PrimaryKeys.LongKeys integers ->
          new PrimaryKeys.LongKeys(Arrays.copyOfRange(integers.values(), from, to));
      case PrimaryKeys.StringKeys strings ->
          new PrimaryKeys.StringKeys(Arrays.copyOfRange(strings.values(), from, to));
    };
  }

  private Map<Long, Column> columnsOf(CollectionSchema ofSchema) {
    Map<Long, Column> joined = new HashMap<>();
    List<FieldSchema> fields = new ArrayList<>(ofSchema.fields());
    fields.add(FieldSchema.of(FieldSchema.TIMESTAMP_FIELD_ID, "timestamp", DataType.INT64));
    for (FieldSchema field : fields) {
      List<Column> parts = new ArrayList<>();
      for (SealedChunk chunk : chunks) {
        parts.add(
            chunk.column(field.id()).orElseGet(() -> Columns.defaults(field, chunk.rowCount())));
      }
      joined.put(
          field.id(),
          parts.isEmpty() ? ColumnBuilder.forField(field, 0).build() : Columns.concatenated(parts));
    }
    return Map.copyOf(joined);
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
    return rowCount;
  }

  @Override
  public long maxTimestamp() {
    return maxTimestamp;
  }

  /** Number of rows that no delete has hidden. */
  public int visibleRowCount() {
    return rowCount - deletes.size();
  }

  @Override
  public long memoryBytes() {
    return deletes.memoryBytes() + textIndexes.memoryBytes();
  }

  /** Statistics of the chunks, for pruning; one for each chunk, in the order of their rows. */
  public List<ChunkStats> stats() {
    return stats;
  }

  /**
   * Reads all files and checks their checksums.
   *
   * @throws dev.sagitta.engine.storage.CorruptFileException if a file is damaged
   */
  public void verify() {
    try (SegmentView _ = acquire()) {
      chunks.forEach(SealedChunk::verify);
    }
  }

  @Override
  public void updateSchema(CollectionSchema newSchema) {
    requireOpen();
    // Of two schemas that come in the wrong order the fields of both are kept.
    Map<Long, Column> known = new HashMap<>(columnsOf(newSchema));
    known.putAll(columns);
    columns = Map.copyOf(known);
    schema = newSchema;
  }

  @Override
  public int delete(PrimaryKeys keys, long timestamp) {
    requireOpen();
    int hidden = 0;
    for (int row : find(keys, rowCount).toSortedArray()) {
      if (timestamps.longAt(row) < timestamp && deletes.hide(row, timestamp)) {
        hidden++;
      }
    }
    return hidden;
  }

  @Override
  public boolean mayContain(PrimaryKeys keys) {
    for (SealedChunk chunk : chunks) {
      if (chunk.mayContain(keys)) {
        return true;
      }
    }
    return false;
  }

  private RowList find(PrimaryKeys keys, int rowLimit) {
    RowList rows = new RowList();
    for (SealedChunk chunk : chunks) {
      chunk.find(keys, rows);
    }
    return rows;
  }

  /**
   * Maps an index file and searches with it from now on, instead of what was there for the field.
   *
   * @param metric the metric that the index was built for
   * @param memoryOfIndexes where the file's bytes go, if the type searches them in memory
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used; nothing
   *     changes then
   */
  public void attachIndex(
      long fieldId,
      MetricType metric,
      VectorIndexType type,
      Path file,
      long buildId,
      IndexMemory memoryOfIndexes)
      throws IOException {
    // The index may read this segment's vectors, so it pins the segment's memory too.
    if (closed || !memory.tryRetain()) {
      throw closedException();
    }
    PinnedArena indexMemory = new PinnedArena();
    AttachedIndex attached;
    try {
      attached =
          AttachedIndex.of(
              metric,
              type.open(
                  type.readsFromDisk()
                      ? BlockFile.map(file, indexMemory.arena())
                      : memoryOfIndexes.load(file, indexMemory.arena()),
                  (VectorColumn) columns.get(fieldId),
                  new IndexFileIdentity(collectionId, id, fieldId, buildId)),
              () -> {
                indexMemory.release();
                memory.release();
              });
    } catch (IOException | RuntimeException e) {
      indexMemory.release();
      memory.release();
      throw e;
    }
    indexes.attach(fieldId, attached);
  }

  /** Searches the field without an index from now on. */
  public void detachIndex(long fieldId) {
    indexes.detach(fieldId);
  }

  /**
   * Maps the file of a scalar index and filters with it from now on.
   *
   * @param indexId by which it is detached; a field may have several indexes
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used; nothing
   *     changes then
   */
  public void attachScalarIndex(
      long indexId, long fieldId, ScalarIndexType type, Path file, long buildId)
      throws IOException {
    PinnedArena indexMemory = new PinnedArena();
    AttachedScalarIndex attached;
    try {
      attached =
          AttachedScalarIndex.of(
              fieldId,
              type.open(
                  BlockFile.map(file, indexMemory.arena()),
                  rowCount,
                  new IndexFileIdentity(collectionId, id, fieldId, buildId)),
              indexMemory::release);
    } catch (IOException | RuntimeException e) {
      indexMemory.release();
      throw e;
    }
    scalarIndexes.attach(indexId, attached);
    if (attached.index() instanceof TextIndex) {
      textIndexes.drop(fieldId);
    }
  }

  /** Filters without the index from now on. */
  public void detachScalarIndex(long indexId) {
    scalarIndexes.detach(indexId);
  }

  @Override
  public SegmentView acquire() {
    if (closed || !memory.tryRetain()) {
      throw closedException();
    }
    Map<Long, Column> viewColumns = columns;
    return new PinnedView(
        new PinnedView.Published(
            id,
            partitionId,
            schema,
            rowCount,
            fieldId -> column(viewColumns, fieldId),
            deletes,
            deletes.size(),
            this::find,
            this::mayContain,
            indexes.retainAll(),
            scalarIndexes.retainAll(),
            stats,
            textIndexes,
            Optional.of(this::bm25Statistics),
            minTimestamp,
            maxTimestamp),
        memory);
  }

  private Bm25Statistics bm25Statistics(long fieldId, int[] indices) {
    Bm25Statistics sum = Bm25Statistics.none(indices);
    for (SealedChunk chunk : chunks) {
      Optional<TermStatistics> counted = chunk.termStatistics(fieldId);
      if (counted.isPresent()) {
        sum = sum.plus(counted.get().bm25Statistics(indices));
      }
    }
    return sum;
  }

  private Column column(Map<Long, Column> viewColumns, long fieldId) {
    Column column = viewColumns.get(fieldId);
    if (column == null) {
      throw new IllegalArgumentException(
          "segment has no such field: segmentId=" + id + " fieldId=" + fieldId);
    }
    return column;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      indexes.close();
      scalarIndexes.close();
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
