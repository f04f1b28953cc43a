package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.GrowingVectorIndexes;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nullable vectors of every type in a field that comes when rows are there already: growing,
 * sealed, with the index of a growing segment and with a file, searches answer as a scan of plain
 * columns does.
 */
final class TestNullableVectorSegments {
  private static final long COLLECTION = 1;
  private static final long SEGMENT = 2;
  private static final long FIRST_ADDED = 200;
  private static final int OLD_ROWS = 60;
  private static final int MIDDLE_ROWS = 15;
  private static final int NEW_ROWS = 140;
  private static final int LIMIT = 25;

  @TempDir private Path directory;

  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final CollectionSchema before = before();
  private final CollectionSchema after = before.withFields(withVectors(before.fields()));
  private final Map<Long, ColumnBuilder> expected = new HashMap<>();

  private static CollectionSchema before() {
    FieldSchema key = FieldSchema.of(100, "pk", DataType.INT64).asPrimaryKey(false);
    return new CollectionSchema("c", "", List.of(key), false);
  }

  private static List<FieldSchema> withVectors(List<FieldSchema> fields) {
    List<FieldSchema> all = new ArrayList<>(fields);
    long id = FIRST_ADDED;
    for (DataType type : DataType.values()) {
      if (type.isVector() && ExactScan.supports(type, metric(type))) {
        FieldSchema field = FieldSchema.of(id++, "v" + id, type).asNullable();
        all.add(
            type == DataType.SPARSE_FLOAT_VECTOR
                ? field
                : field.withParameters(Map.of("dim", "16")));
      }
    }
    return all;
  }

  private static MetricType metric(DataType type) {
    return switch (type) {
      case BINARY_VECTOR -> MetricType.HAMMING;
      case SPARSE_FLOAT_VECTOR -> MetricType.IP;
      default -> MetricType.L2;
    };
  }

  @Test
  void testSearchesAnswerLikeScans() throws IOException {
    System.out.println("nullable vector segments: seed=" + seed);
    assertThat(after.vectorFields()).hasSize(6);
    for (FieldSchema field : after.vectorFields()) {
      expected.put(field.id(), ColumnBuilder.forField(field, 0));
    }
    ChunkWriter writer = new ChunkWriter(directory, COLLECTION, SEGMENT);
    List<ChunkDescriptor> chunks = new ArrayList<>();
    try (GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", before)) {
      append(growing, before, OLD_ROWS);
      chunks.add(flush(writer, growing, before, 0, 0));
      growing.updateSchema(after);
      // The record of a writer that did not know the fields.
      append(growing, before, MIDDLE_ROWS);
      append(growing, after, NEW_ROWS);
      for (FieldSchema field : after.vectorFields()) {
        check(growing, field, "growing");
        attachGrowing(growing, field);
        int left = growing.indexNext(field.id(), OLD_ROWS + MIDDLE_ROWS + NEW_ROWS / 2);
        assertThat(left).isLessThan(NEW_ROWS);
        check(growing, field, "half indexed");
        assertThat(growing.indexNext(field.id(), Integer.MAX_VALUE)).isZero();
        check(growing, field, "indexed while growing");
      }
      chunks.add(flush(writer, growing, after, 1, OLD_ROWS));
    }
    try (SealedSegment sealed = open(chunks, after)) {
      checkSealed(sealed, "sealed");
    }
    try (SealedSegment sealed = open(chunks.subList(0, 1), before)) {
      sealed.updateSchema(after);
      checkSealed(sealed, "sealed before the field came");
    }
  }

  private SealedSegment open(List<ChunkDescriptor> chunks, CollectionSchema schema)
      throws IOException {
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            SEGMENT, COLLECTION, 3, "v", SegmentState.SEALED, chunks, List.of(), List.of());
    return SealedSegment.open(descriptor, schema, directory::resolve);
  }

  private void append(GrowingSegment growing, CollectionSchema known, int count) {
    ColumnBatch rows = RandomBatches.batch(random, known.fields(), count);
    growing.append(rows, 7);
    for (FieldSchema field : after.vectorFields()) {
      ColumnBuilder builder = expected.get(field.id());
      Optional<Column> given = Optional.ofNullable(rows.columns().get(field.id()));
      for (int row = 0; row < count; row++) {
        if (given.isPresent()) {
          builder.appendFrom(given.get(), row);
        } else {
          builder.appendNull();
        }
      }
    }
  }

  private static ChunkDescriptor flush(
      ChunkWriter writer, GrowingSegment growing, CollectionSchema schema, int number, int from)
      throws IOException {
    try (SegmentView view = growing.acquire()) {
      return writer.writeChunk(number, schema, view, from, view.rowCount()).descriptor();
    }
  }

  /** A family that always finds as many rows as are wanted. */
  private static VectorIndexTypes.Resolved family(FieldSchema field) {
    return VectorIndexTypes.resolve(
        field.type() == DataType.BINARY_VECTOR ? "BIN_FLAT" : "AUTOINDEX",
        field.type(),
        metric(field.type()),
        field.dimension(),
        Map.of());
  }

  private static void attachGrowing(GrowingSegment growing, FieldSchema field) {
    VectorIndexTypes.Resolved index = family(field);
    MetricType metric = metric(field.type());
    GrowingVectorIndexes.create(
            index.type(), field.type(), metric, field.dimension(), index.parameters())
        .ifPresent(created -> growing.attachIndex(field.id(), metric, created));
  }

  private void checkSealed(SealedSegment sealed, String phase) throws IOException {
    for (FieldSchema field : after.vectorFields()) {
      check(sealed, field, phase);
      VectorIndexTypes.Resolved index = family(field);
      IndexFileIdentity identity = new IndexFileIdentity(COLLECTION, SEGMENT, field.id(), 9);
      Path file = directory.resolve("index-" + field.id() + "-" + System.nanoTime());
      try (SegmentView view = sealed.acquire()) {
        index
            .type()
            .build(
                (VectorColumn) view.column(field.id()),
                metric(field.type()),
                index.parameters(),
                identity,
                BuildProgress.NONE,
                file);
      }
      sealed.attachIndex(
          field.id(), metric(field.type()), index.type(), file, 9, IndexMemory.mapped());
      check(sealed, field, phase + " with an index");
    }
  }

  private void check(Segment segment, FieldSchema field, String phase) {
    VectorColumn all = (VectorColumn) expected.get(field.id()).image().toColumn();
    List<QueryVector> queries = queries(all);
    int[] rows = IntStream.range(0, segment.rowCount()).toArray();
    VectorColumn vectors = (VectorColumn) ColumnBatches.select(all, rows);
    RowBitmap third = new RowBitmap(vectors.rowCount());
    RowBitmap onlyNull = new RowBitmap(vectors.rowCount());
    for (int row = 0; row < vectors.rowCount(); row++) {
      if (random.nextInt(3) == 0) {
        third.add(row);
      }
      if (vectors.isNull(row)) {
        onlyNull.add(row);
      }
    }
    try (SegmentView view = segment.acquire()) {
      Column column = view.column(field.id());
      assertThat(IntStream.of(rows).filter(row -> !isSame(column, vectors, row)))
          .as("%s %s seed=%d", field.type(), phase, seed)
          .isEmpty();
      for (Optional<RowBitmap> allowed :
          List.of(Optional.<RowBitmap>empty(), Optional.of(third), Optional.of(onlyNull))) {
        check(view, field, vectors, queries, allowed, phase);
      }
    }
  }

  private static boolean isSame(Column column, Column other, int row) {
    return RandomBatches.value(column, row).equals(RandomBatches.value(other, row));
  }

  private List<QueryVector> queries(VectorColumn vectors) {
    int[] rows =
        random.ints(0, vectors.rowCount()).filter(row -> !vectors.isNull(row)).limit(4).toArray();
    return QueryVector.ofRows((VectorColumn) ColumnBatches.select(vectors, rows));
  }

  private void check(
      SegmentView view,
      FieldSchema field,
      VectorColumn vectors,
      List<QueryVector> queries,
      Optional<RowBitmap> allowed,
      String phase) {
    MetricType metric = metric(field.type());
    List<TopRows> found = new ArrayList<>();
    queries.forEach(_ -> found.add(new TopRows(LIMIT, metric.largerIsNearer())));
    view.vectorSearch(field.id(), metric, queries, IndexSearchParameters.DEFAULT, allowed, found);
    for (int query = 0; query < queries.size(); query++) {
      Map<Integer, Float> scores = scan(vectors, metric, queries.get(query), allowed);
      TopRows rows = found.get(query);
      String label = field.type() + " " + phase + " seed=" + seed;
      assertThat(rows.size()).as(label).isEqualTo(Math.min(LIMIT, scores.size()));
      for (int i = 0; i < rows.size(); i++) {
        assertThat(vectors.isNull(rows.rowAt(i))).as(label).isFalse();
        Float score = scores.get(rows.rowAt(i));
        assertThat(score).as(label).isNotNull();
        assertThat(rows.scoreAt(i)).as(label).isCloseTo(score, within(1e-3f * (1 + score)));
      }
    }
  }

  /** The scores of all rows that may be found. */
  private static Map<Integer, Float> scan(
      VectorColumn vectors, MetricType metric, QueryVector query, Optional<RowBitmap> allowed) {
    TopRows all = new TopRows(vectors.rowCount(), metric.largerIsNearer());
    ExactScan.search(
        vectors, 0, vectors.rowCount(), metric, query, IndexSearchParameters.DEFAULT, allowed, all);
    Map<Integer, Float> scores = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      scores.put(all.rowAt(i), all.scoreAt(i));
    }
    return scores;
  }
}
