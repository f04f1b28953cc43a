package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.RandomLists;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.schema.StructSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists of vectors are searched in growing segments, in sealed ones of several chunks, and with an
 * index, with deleted rows hidden; against the definition of their scores.
 */
final class TestListSegments {
  private static final int DIMENSION = 6;
  private static final int CHUNKS = 3;
  private static final long LISTS = 101;
  private static final MetricType METRIC = MetricType.MAX_SIM_L2;

  /** All vectors are neighbours, so that the graph's answers are exact too. */
  private static final IndexSearchParameters PARAMETERS =
      new IndexSearchParameters(
          Map.of("ef", "1000"), OptionalDouble.empty(), OptionalDouble.empty());

  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "films",
          "",
          List.of(
              FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(LISTS, StructSchema.fieldName("clips", "emb"), DataType.INT8)
                  .withElementType(DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", "" + DIMENSION, "max_capacity", "9"))
                  .asNullable()),
          false);

  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomLists.WithQueries drawn =
      RandomLists.drawWithQueries(random, DIMENSION, 150, 5, 8);
  private final RowBitmap deleted = new RowBitmap(150);
  private final List<ChunkDescriptor> chunks = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void everyKindOfSegmentFindsTheNearestLists() throws IOException {
    System.out.println("seed=" + seed);
    try (GrowingSegment growing = new GrowingSegment(1, 2, 3, "v", SCHEMA)) {
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        append(growing, chunk * 50, chunk * 50 + 50);
      }
      check(growing);
      delete(growing);
      check(growing);
    }
    SegmentDescriptor descriptor =
        new SegmentDescriptor(2, 1, 3, "v", SegmentState.SEALED, chunks, List.of(), List.of());
    try (SealedSegment sealed = SealedSegment.open(descriptor, SCHEMA, directory::resolve)) {
      sealed.verify();
      delete(sealed);
      check(sealed);
      for (String type : List.of("FLAT", "HNSW")) {
        attach(sealed, type);
        check(sealed);
      }
    }
  }

  private void append(GrowingSegment growing, int from, int to) throws IOException {
    ColumnBuilder keys = ColumnBuilder.forField(SCHEMA.fields().getFirst(), to - from);
    for (int row = from; row < to; row++) {
      keys.appendLong(row);
    }
    float[][][] lists = new float[to - from][][];
    System.arraycopy(drawn.rows().rows(), from, lists, 0, lists.length);
    Map<Long, Column> columns = new LinkedHashMap<>();
    columns.put(100L, keys.build());
    columns.put(LISTS, new RandomLists(DIMENSION, lists).column());
    growing.append(new ColumnBatch(to - from, columns), 100);
    try (SegmentView view = growing.acquire()) {
      ChunkWriter writer = new ChunkWriter(directory, 1, 2);
      chunks.add(writer.writeChunk(chunks.size(), SCHEMA, view, from, to).descriptor());
    }
  }

  private void delete(Segment segment) {
    long[] keys = {3, 50, 77, 149};
    int hidden = segment.delete(new PrimaryKeys.LongKeys(keys), 200);
    assertThat(hidden).isEqualTo(keys.length);
    for (long key : keys) {
      deleted.add((int) key);
    }
  }

  private void attach(SealedSegment sealed, String name) throws IOException {
    VectorIndexTypes.Resolved resolved =
        VectorIndexTypes.resolve(name, DataType.ARRAY_OF_VECTOR, METRIC, DIMENSION, Map.of());
    Path file = directory.resolve(name);
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, LISTS, 7);
    try (SegmentView view = sealed.acquire()) {
      resolved
          .type()
          .build(
              (VectorColumn) view.column(LISTS),
              METRIC,
              resolved.parameters(),
              identity,
              BuildProgress.NONE,
              file);
    }
    sealed.attachIndex(LISTS, METRIC, resolved.type(), file, 7, IndexMemory.mapped());
  }

  private void check(Segment segment) {
    try (SegmentView view = segment.acquire()) {
      List<TopRows> results =
          drawn.queries().stream().map(_ -> new TopRows(10, METRIC.largerIsNearer())).toList();
      Optional<RowBitmap> visible = view.visibleRows(Long.MAX_VALUE);
      view.vectorSearch(LISTS, METRIC, drawn.queries(), PARAMETERS, visible, results);
      for (int i = 0; i < results.size(); i++) {
        check(drawn.queries().get(i), results.get(i));
      }
    }
  }

  private void check(QueryVector query, TopRows found) {
    List<Integer> expected =
        drawn.rows().nearest(METRIC, query, row -> !deleted.contains(row)).subList(0, 10);
    found.sortBestFirst();
    assertThat(found.size()).as("seed=" + seed).isEqualTo(10);
    for (int i = 0; i < found.size(); i++) {
      // Rows of nearly the same score may change places.
      double score = drawn.rows().score(METRIC, expected.get(i), query);
      assertThat((double) found.scoreAt(i))
          .as("seed=" + seed)
          .isCloseTo(score, within(1e-4 * (1 + score)));
      assertThat(deleted.contains(found.rowAt(i))).as("seed=" + seed).isFalse();
    }
  }
}
