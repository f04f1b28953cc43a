package dev.sagitta.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.SearchIterator.Search;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.request.SearchOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exact searches of a real segment with the hint and without answer the same. */
final class TestIterativeFilter {
  private static final long KEY = 100;
  private static final long VECTOR = 101;
  private static final long NUMBER = 102;
  private static final int ROWS = 3000;
  private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final CollectionSchema schema =
      new CollectionSchema(
          "things",
          "",
          List.of(
              FieldSchema.of(KEY, "id", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(VECTOR, "vector", DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", "3"))
                  .asNullable(),
              FieldSchema.of(NUMBER, "number", DataType.INT64)),
          false);
  private final GrowingSegment segment = new GrowingSegment(1, 2, 3, "v", schema);
  private int searches;
  private int offered;

  @BeforeEach
  void fill() {
    System.out.println("iterative filter: seed=" + seed);
    Map<Long, ColumnBuilder> builders = new HashMap<>();
    schema.fields().forEach(field -> builders.put(field.id(), ColumnBuilder.forField(field, ROWS)));
    for (int row = 0; row < ROWS; row++) {
      builders.get(KEY).appendLong(row);
      builders.get(NUMBER).appendLong(random.nextInt(100));
      if (random.nextInt(10) == 0) {
        builders.get(VECTOR).appendNull();
      } else {
        builders.get(VECTOR).appendVector(vector(), 0);
      }
    }
    Map<Long, Column> columns = new HashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    segment.append(new ColumnBatch(ROWS, columns), 5);
  }

  @AfterEach
  void close() {
    segment.close();
  }

  /** Small whole numbers: distances are exact, and many rows are equally far away. */
  private float[] vector() {
    return new float[] {random.nextInt(9), random.nextInt(9), random.nextInt(9)};
  }

  @Test
  void findsWhatAFilterBeforeTheSearchFinds() {
    RowBitmap someVisible = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (random.nextInt(3) > 0) {
        someVisible.add(row);
      }
    }
    try (SegmentView view = segment.acquire()) {
      for (int round = 0; round < 60; round++) {
        int below = List.of(0, 1, 3, 20, 50, 90, 100).get(random.nextInt(7));
        int limit = List.of(1, 10, 200, ROWS).get(random.nextInt(4));
        Optional<RowBitmap> visible =
            random.nextBoolean() ? Optional.of(someVisible) : Optional.empty();
        OptionalDouble radius =
            random.nextBoolean() ? OptionalDouble.of(random.nextInt(80)) : OptionalDouble.empty();
        Filter filter = filter("number < " + below);
        IterativeFilter iterative = new IterativeFilter(view, filter, visible);
        for (int query = 0; query < 2; query++) {
          Search search = search(view, QueryVector.of(vector()), radius);
          TopRows expected = new TopRows(limit, false);
          search.search(
              filter.evaluate(view, visible.orElseGet(() -> RowBitmap.full(ROWS))), expected);
          expected.sortBestFirst();
          TopRows found = iterative.nearest(search, limit, false, DEADLINE);
          String label = "seed=%d round=%d below=%d limit=%d".formatted(seed, round, below, limit);
          assertThat(found.size()).as(label).isEqualTo(expected.size());
          for (int i = 0; i < found.size(); i++) {
            assertThat(found.rowAt(i)).as(label).isEqualTo(expected.rowAt(i));
            assertThat(found.scoreAt(i)).as(label).isEqualTo(expected.scoreAt(i));
          }
        }
      }
    }
  }

  @Test
  void looksAtFewRowsWhereMostPassAndAtAllWhereNonePasses() {
    try (SegmentView view = segment.acquire()) {
      Search search = search(view, QueryVector.of(vector()), OptionalDouble.empty());
      TopRows found =
          new IterativeFilter(view, filter("number < 90"), Optional.empty())
              .nearest(search, 20, false, DEADLINE);
      assertThat(found.size()).isEqualTo(20);
      assertThat(searches).isEqualTo(1);
      assertThat(offered).isEqualTo(64);

      searches = 0;
      IterativeFilter rare = new IterativeFilter(view, filter("number < 0"), Optional.empty());
      assertThat(rare.nearest(search, 20, false, DEADLINE).size()).isZero();
      assertThat(searches).isLessThan(6);
      searches = 0;
      assertThat(rare.nearest(search, 20, false, DEADLINE).size()).isZero();
      assertThat(searches).as("the filter was tested once").isZero();
    }
  }

  @Test
  void isUsedWhereItCanBe() {
    SearchOptions plain = SearchOptions.PLAIN;
    assertThat(wanted("iterative_filter", "number < 5", plain)).isTrue();
    assertThat(wanted("disable", "number < 5", plain)).isFalse();
    assertThat(wanted("", "number < 5", plain)).isFalse();
    assertThat(wanted("iterative_filter", "", plain)).isFalse();
    assertThat(wanted("iterative_filter", "id in [4, 5]", plain)).isFalse();
    assertThat(wanted("iterative_filter", "random_sample(0.5)", plain)).isFalse();
    assertThat(wanted("iterative_filter", "number < 5 and random_sample(0.5)", plain)).isFalse();
    Grouping groups = new Grouping(NUMBER, List.of(), 1, false, Optional.empty());
    assertThat(
            wanted(
                "iterative_filter",
                "number < 5",
                new SearchOptions(RowVisibility.NEWEST, Optional.of(groups), Optional.empty())))
        .isFalse();
  }

  private boolean wanted(String hint, String filter, SearchOptions options) {
    ColumnBuilder query = ColumnBuilder.forField(schema.field(VECTOR).orElseThrow(), 1);
    query.appendVector(vector(), 0);
    NodeSearchRequest request =
        new NodeSearchRequest(
            1,
            1,
            List.of("v"),
            Set.of(),
            VECTOR,
            (VectorColumn) query.build(),
            3,
            new IndexSearchParameters(
                Map.of("hints", hint), OptionalDouble.empty(), OptionalDouble.empty()),
            FilterText.ALL,
            List.of(),
            Optional.empty(),
            options);
    return IterativeFilter.isWanted(request, filter(filter));
  }

  private Filter filter(String text) {
    return FilterCompiler.compile(text, Map.of(), schema);
  }

  private Search search(SegmentView view, QueryVector query, OptionalDouble radius) {
    IndexSearchParameters parameters =
        new IndexSearchParameters(Map.of(), radius, OptionalDouble.empty());
    return (rows, results) -> {
      view.vectorSearch(
          VECTOR, MetricType.L2, List.of(query), parameters, Optional.of(rows), List.of(results));
      searches++;
      offered += results.size();
    };
  }
}
