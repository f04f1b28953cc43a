package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.index.hnsw.GrowingHnswIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One writer upserts the same few keys over and over while readers check, in each view, that every
 * row is what it must be by its number; and segments and indexes are closed under readers.
 */
final class TestConcurrentReads {
  private static final int KEYS = 97;
  private static final int DIMENSION = 8;
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "c",
          "",
          List.of(
              FieldSchema.of(100, "pk", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", String.valueOf(DIMENSION))),
              FieldSchema.of(102, "text", DataType.VARCHAR).asNullable()),
          false);

  @TempDir Path directory;

  private static long keyOf(int row) {
    return row % KEYS;
  }

  private static void vectorOf(int row, float[] target) {
    for (int i = 0; i < DIMENSION; i++) {
      target[i] = (row * 31 + i * 17) % 1009;
    }
  }

  private static ColumnBatch rows(int from, int to) {
    Map<Long, ColumnBuilder> builders = new LinkedHashMap<>();
    SCHEMA.fields().forEach(field -> builders.put(field.id(), ColumnBuilder.forField(field, 8)));
    float[] vector = new float[DIMENSION];
    for (int row = from; row < to; row++) {
      builders.get(100L).appendLong(keyOf(row));
      vectorOf(row, vector);
      builders.get(101L).appendVector(vector, 0);
      if (row % 5 == 0) {
        builders.get(102L).appendNull();
      } else {
        builders.get(102L).appendString("text " + row);
      }
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    return new ColumnBatch(to - from, columns);
  }

  @Test
  void testReadersSeeWholePrefixes() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (GrowingSegment segment = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      segment.attachIndex(101, MetricType.L2, new GrowingHnswIndex(MetricType.L2, DIMENSION));
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Random random = new Random(i);
        Callable<Integer> reader =
            () -> {
              int views = 0;
              while (!done.get()) {
                try (SegmentView view = segment.acquire()) {
                  check(view, random);
                }
                views++;
              }
              return views;
            };
        readers.add(threads.submit(reader));
      }
      Future<?> indexer =
          threads.submit(
              () -> {
                while (!done.get()) {
                  if (segment.indexNext(101, 50) == 0) {
                    Thread.onSpinWait();
                  }
                }
              });
      write(segment);
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
      }
      Object _ = indexer.get(60, TimeUnit.SECONDS);
      try (SegmentView view = segment.acquire()) {
        RowBitmap visible = view.visibleRows(Long.MAX_VALUE).orElseThrow();
        assertThat(visible.cardinality()).isEqualTo(KEYS);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** Upserts: afterwards the last rows, one a key, are visible. */
  private static void write(GrowingSegment segment) {
    Random random = new Random(42);
    int row = 0;
    long timestamp = 1;
    while (row < 20_000) {
      int count = Math.min(1 + random.nextInt(KEYS), 20_000 - row);
      ColumnBatch rows = rows(row, row + count);
      timestamp++;
      int _ = segment.delete(ColumnBatches.primaryKeys(rows.column(100)), timestamp);
      segment.append(rows, timestamp);
      row += count;
    }
  }

  private static void check(SegmentView view, Random random) {
    LongColumn keys = (LongColumn) view.primaryKeys();
    StringColumn texts = (StringColumn) view.column(102);
    DenseVectorColumn vectors = (DenseVectorColumn) view.column(101);
    float[] expected = new float[DIMENSION];
    float[] actual = new float[DIMENSION];
    for (int i = 0; i < 50 && view.rowCount() > 0; i++) {
      int row = view.rowCount() - 1 - random.nextInt(Math.min(view.rowCount(), 3000));
      assertThat(keys.longAt(row)).isEqualTo(keyOf(row));
      vectorOf(row, expected);
      vectors.copyVector(row, actual, 0);
      assertThat(actual).isEqualTo(expected);
      assertThat(texts.isNull(row)).isEqualTo(row % 5 == 0);
      if (row % 5 != 0) {
        assertThat(texts.stringAt(row)).isEqualTo("text " + row);
      }
    }
    Optional<RowBitmap> visible = view.visibleRows(Long.MAX_VALUE);
    assertThat(visible.map(RowBitmap::rowCount).orElse(view.rowCount())).isEqualTo(view.rowCount());
    // The writer deletes before it appends, so no view may show two rows of one key.
    assertThat(visible.map(RowBitmap::cardinality).orElse(view.rowCount()))
        .isLessThanOrEqualTo(KEYS);
    long key = random.nextInt(KEYS);
    int[] found = view.find(new PrimaryKeys.LongKeys(new long[] {key}));
    int newest = view.rowCount() - 1;
    while (newest >= 0 && keyOf(newest) != key) {
      newest--;
    }
    int expectedCount = newest < 0 ? 0 : newest / KEYS + 1;
    assertThat(found).hasSize(expectedCount);
    if (view.rowCount() > 0) {
      TopRows top = new TopRows(1, false);
      vectorOf(0, expected);
      view.vectorSearch(
          101,
          MetricType.L2,
          List.of(QueryVector.of(expected)),
          IndexSearchParameters.DEFAULT,
          visible,
          List.of(top));
      assertThat(top.size()).isLessThanOrEqualTo(1);
      assertThat(top.size() == 0 || top.rowAt(0) < view.rowCount()).isTrue();
    }
  }

  @Test
  void testIndexesAndSegmentsCloseUnderReaders() throws Exception {
    SegmentDescriptor descriptor;
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      growing.append(rows(0, 500), 1);
      growing.append(rows(500, 1000), 2);
      ChunkWriter writer = new ChunkWriter(directory, 1, 2);
      try (SegmentView view = growing.acquire()) {
        descriptor =
            new SegmentDescriptor(
                2,
                1,
                3,
                "v",
                SegmentState.SEALED,
                List.of(
                    writer.writeChunk(0, SCHEMA, view, 0, 400).descriptor(),
                    writer.writeChunk(1, SCHEMA, view, 400, 1000).descriptor()),
                List.of(),
                List.of());
      }
    }
    VectorIndexType type = VectorIndexTypes.get("HNSW");
    for (int round = 0; round < 5; round++) {
      readWhileClosing(SealedSegment.open(descriptor, SCHEMA, directory::resolve), type);
    }
  }

  private void readWhileClosing(SealedSegment segment, VectorIndexType type) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> searchUntilClosed(segment)));
      }
      for (long build = 1; build <= 4; build++) {
        Path file = directory.resolve("index-" + System.nanoTime());
        try (SegmentView view = segment.acquire()) {
          type.build(
              (DenseVectorColumn) view.column(101),
              MetricType.L2,
              type.validateBuildParameters(Map.of(), DIMENSION),
              new IndexFileIdentity(1, 2, 101, build),
              BuildProgress.NONE,
              file);
        }
        segment.attachIndex(101, MetricType.L2, type, file, build, IndexMemory.mapped());
      }
      segment.close();
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int searchUntilClosed(SealedSegment segment) {
    float[] query = new float[DIMENSION];
    for (int searches = 1; ; searches++) {
      try (SegmentView view = segment.acquire()) {
        vectorOf(searches % 1000, query);
        TopRows top = new TopRows(3, false);
        view.vectorSearch(
            101,
            MetricType.L2,
            List.of(QueryVector.of(query)),
            IndexSearchParameters.DEFAULT,
            Optional.empty(),
            List.of(top));
        top.sortBestFirst();
        assertThat(top.scoreAt(0)).isZero();
      } catch (IllegalStateException closed) {
        return searches;
      }
    }
  }
}
