package dev.sagitta.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.index.IndexSearchParameters;
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
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.request.ScoreBoost;
import dev.sagitta.query.request.SearchOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches over real growing segments, compared with sorted lists of all rows. */
final class TestSegmentSearch {
  private static final long KEY = 100;
  private static final long VECTOR = 101;
  private static final long COLOR = 102;
  private static final long EXTRA = 103;
  private static final int DIMENSION = 4;
  private static final int SEGMENTS = 3;
  private static final int ROWS = 700;
  private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

  private final CollectionSchema schema =
      new CollectionSchema(
          "things",
          "",
          List.of(
              FieldSchema.of(KEY, "id", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(VECTOR, "vector", DataType.FLOAT_VECTOR)
                  .withParameters(Map.of("dim", Integer.toString(DIMENSION))),
              nullableColor(),
              FieldSchema.of(EXTRA, "extra", DataType.JSON)),
          false);
  private final List<Row> rows = new ArrayList<>();
  private final List<GrowingSegment> segments = new ArrayList<>();
  private final SegmentSearch search = new SegmentSearch(new ParallelWork(Runnable::run, 1));
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private String hint = "";

  private record Row(long key, float[] vector, Optional<Object> color, long timestamp) {
    float distance(float[] query) {
      float sum = 0;
      for (int i = 0; i < query.length; i++) {
        sum += (vector[i] - query[i]) * (vector[i] - query[i]);
      }
      return sum;
    }
  }

  private record Hit(long key, float score) {}

  @BeforeEach
  void fill() {
    System.out.println("seed=" + seed);
    long key = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      GrowingSegment growing = new GrowingSegment(1, segment + 1, 1, "v", schema);
      segments.add(growing);
      for (int batch = 0; batch < 7; batch++) {
        List<Row> added = new ArrayList<>();
        long timestamp = 10 + 3L * batch + segment;
        for (int i = 0; i < ROWS / 7; i++) {
          added.add(row(key++, timestamp));
        }
        growing.append(batch(added), timestamp);
        rows.addAll(added);
      }
    }
  }

  @AfterEach
  void close() {
    segments.forEach(GrowingSegment::close);
  }

  @Test
  void groupsAreTheNearestOfAllRows() {
    for (int round = 0; round < 30; round++) {
      boolean strict = random.nextBoolean();
      int size = 1 + random.nextInt(5);
      int groups = 1 + random.nextInt(25);
      boolean json = random.nextBoolean();
      float[] query = vector();
      Grouping grouping =
          new Grouping(
              json ? EXTRA : COLOR,
              json ? List.of("deep", "color") : List.of(),
              size,
              strict,
              Optional.empty());
      NodeSearchResult found =
          search(query, groups, options(RowVisibility.NEWEST, grouping, null), "");
      List<Row> expected = expectedGroups(query, groups, size, strict);
      assertThat(hits(found))
          .as("seed=%d round=%d strict=%b size=%d groups=%d", seed, round, strict, size, groups)
          .containsExactlyElementsOf(
              expected.stream().map(row -> new Hit(row.key, row.distance(query))).toList());
      assertThat(found.groups().orElseThrow())
          .containsExactlyElementsOf(expected.stream().map(Row::color).toList());
    }
  }

  @Test
  void readsAtATimestampDoNotSeeLaterRowsAndDeletes() {
    float[] query = vector();
    long timestamp = 20;
    for (GrowingSegment segment : segments) {
      int _ = segment.delete(new PrimaryKeys.LongKeys(new long[] {0, 1, 800}), 25);
    }
    NodeSearchResult found =
        search(query, 5000, options(new RowVisibility(timestamp, false), null, null), "");
    assertThat(hits(found))
        .containsExactlyElementsOf(
            sorted(query).stream()
                .filter(row -> row.timestamp <= timestamp)
                .map(row -> new Hit(row.key, row.distance(query)))
                .toList());
  }

  @Test
  void boostsChangeScoresOfRowsThatPass() {
    float[] query = vector();
    ScoreBoost boost =
        new ScoreBoost(
            List.of(
                new ScoreBoost.Function(
                    new FilterText("id % 2 == 0", Map.of()), 0.5f, Optional.empty()),
                new ScoreBoost.Function(
                    new FilterText("id % 3 == 0", Map.of()), 4, Optional.empty())),
            false,
            false);
    NodeSearchResult found =
        search(query, 5000, options(RowVisibility.NEWEST, null, boost), "id < 1000");
    List<Hit> expected = new ArrayList<>();
    for (Row row : rows) {
      float factor = (row.key % 2 == 0 ? 0.5f : 1) * (row.key % 3 == 0 ? 4 : 1);
      if (row.key < 1000) {
        expected.add(new Hit(row.key, row.distance(query) * factor));
      }
    }
    expected.sort(Comparator.comparingDouble(Hit::score).thenComparingLong(Hit::key));
    assertThat(hits(found)).containsExactlyElementsOf(expected);
  }

  @Test
  void hintsDoNotChangeWhatIsFound() {
    for (int below : new int[] {0, 30, 1000, 2100}) {
      float[] query = vector();
      hint = "disable";
      NodeSearchResult expected = search(query, 40, SearchOptions.PLAIN, "id < " + below);
      hint = "iterative_filter";
      NodeSearchResult found = search(query, 40, SearchOptions.PLAIN, "id < " + below);
      assertThat(hits(found))
          .as("seed=%d below=%d", seed, below)
          .hasSize(Math.min(40, below))
          .containsExactlyElementsOf(hits(expected));
    }
  }

  @Test
  void randomScoresDependOnSeedAndKeyAlone() {
    float[] query = vector();
    Map<Long, Float> first = randomParts(query, 7);
    assertThat(randomParts(vector(), 7).keySet()).isEqualTo(first.keySet());
    assertThat(randomParts(query, 7)).isEqualTo(first);
    assertThat(randomParts(query, 8)).isNotEqualTo(first);
    assertThat(first.values()).allMatch(part -> part > -1e-3 && part < 1 + 1e-3);
    double mean = first.values().stream().mapToDouble(part -> part).average().orElseThrow();
    assertThat(mean).isBetween(0.45, 0.55);
  }

  /** What the random numbers added to the distances. */
  private Map<Long, Float> randomParts(float[] query, long randomSeed) {
    Map<Long, Float> parts = new HashMap<>();
    hits(search(query, 5000, randomBoost(randomSeed), ""))
        .forEach(hit -> parts.put(hit.key, hit.score - rows.get((int) hit.key).distance(query)));
    return parts;
  }

  @Test
  void equalScoresAreOrderedByKey() {
    GrowingSegment late = new GrowingSegment(1, 99, 1, "v", schema);
    segments.addFirst(late);
    // No random vector equals it.
    float[] same = {-1, -1, -1, -1};
    late.append(
        batch(
            List.of(
                new Row(5000, same, Optional.empty(), 50),
                new Row(-1, same, Optional.empty(), 50),
                new Row(4000, same, Optional.empty(), 50))),
        50);
    segments.getLast().append(batch(List.of(new Row(4500, same, Optional.empty(), 51))), 51);
    NodeSearchResult found = search(same, 4, options(RowVisibility.NEWEST, null, null), "");
    assertThat(hits(found)).extracting(Hit::key).containsExactly(-1L, 4000L, 4500L, 5000L);
  }

  /** A random number times a distance that is the same for all rows of one place. */
  private static SearchOptions randomBoost(long randomSeed) {
    return options(
        RowVisibility.NEWEST,
        null,
        new ScoreBoost(
            List.of(
                new ScoreBoost.Function(
                    FilterText.ALL,
                    1,
                    Optional.of(new ScoreBoost.RandomScore(randomSeed, OptionalLong.empty())))),
            false,
            true));
  }

  private static SearchOptions options(
      RowVisibility visibility, Grouping grouping, ScoreBoost boost) {
    return new SearchOptions(visibility, Optional.ofNullable(grouping), Optional.ofNullable(boost));
  }

  private List<Row> sorted(float[] query) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingDouble((Row row) -> row.distance(query)).thenComparingLong(Row::key));
    return sorted;
  }

  private List<Row> expectedGroups(float[] query, int groups, int size, boolean strict) {
    Map<Optional<Object>, Integer> counts = new LinkedHashMap<>();
    List<Row> expected = new ArrayList<>();
    for (Row row : sorted(query)) {
      if (!strict && counts.size() == groups) {
        break;
      }
      boolean known = counts.containsKey(row.color);
      if ((known || counts.size() < groups) && counts.getOrDefault(row.color, 0) < size) {
        counts.merge(row.color, 1, Integer::sum);
        expected.add(row);
      }
    }
    return expected;
  }

  private NodeSearchResult search(
      float[] query, int topK, SearchOptions options, String filterText) {
    List<SegmentView> views = new ArrayList<>();
    segments.forEach(segment -> views.add(segment.acquire()));
    Optional<BoostedScores> boosts =
        options
            .boost()
            .map(
                boost ->
                    new BoostedScores(
                        boost,
                        boost.functions().stream()
                            .map(function -> compile(function.filter().expression()))
                            .toList()));
    try (ReadScope scope = new ReadScope(collection(), views)) {
      return search.search(
          scope, request(query, topK, options), compile(filterText), boosts, DEADLINE);
    }
  }

  private Filter compile(String text) {
    return text.isEmpty() ? Filter.all() : FilterCompiler.compile(text, Map.of(), schema);
  }

  private NodeSearchRequest request(float[] query, int topK, SearchOptions options) {
    ColumnBuilder builder = ColumnBuilder.forField(schema.field(VECTOR).orElseThrow(), 1);
    builder.appendVector(query, 0);
    return new NodeSearchRequest(
        1,
        1,
        List.of("v"),
        Set.of(),
        VECTOR,
        (VectorColumn) builder.build(),
        topK,
        new IndexSearchParameters(
            Map.of("hints", hint), OptionalDouble.empty(), OptionalDouble.empty()),
        FilterText.ALL,
        List.of(),
        Optional.empty(),
        options);
  }

  private static List<Hit> hits(NodeSearchResult found) {
    List<Hit> hits = new ArrayList<>();
    long[] keys = ((PrimaryKeys.LongKeys) found.keys()).values();
    for (int i = 0; i < keys.length; i++) {
      hits.add(new Hit(keys[i], found.scores()[i]));
    }
    return hits;
  }

  private Row row(long key, long timestamp) {
    int color = (int) Math.abs(random.nextGaussian() * 8);
    return new Row(
        key, vector(), color == 3 ? Optional.empty() : Optional.of("color" + color), timestamp);
  }

  /** Small whole numbers, so distances are exact and ties are frequent. */
  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextInt(12);
    }
    return vector;
  }

  private ColumnBatch batch(List<Row> added) {
    Map<Long, ColumnBuilder> builders = new HashMap<>();
    schema
        .fields()
        .forEach(field -> builders.put(field.id(), ColumnBuilder.forField(field, added.size())));
    for (Row row : added) {
      builders.get(KEY).appendLong(row.key);
      builders.get(VECTOR).appendVector(row.vector, 0);
      String json = "{\"deep\": {\"other\": [1]}}";
      if (row.color.isPresent()) {
        builders.get(COLOR).appendString((String) row.color.get());
        json = "{\"deep\": {\"color\": \"" + row.color.get() + "\"}}";
      } else {
        builders.get(COLOR).appendNull();
      }
      builders.get(EXTRA).appendJson(json.getBytes(StandardCharsets.UTF_8));
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    return new ColumnBatch(added.size(), columns);
  }

  private CollectionDescriptor collection() {
    return new CollectionDescriptor(
        1,
        0,
        "things",
        schema,
        List.of("v"),
        ConsistencyLevel.BOUNDED,
        Map.of(),
        List.of(new PartitionDescriptor(1, PartitionDescriptor.DEFAULT_NAME, 1)),
        List.of(
            new IndexDescriptor(
                7,
                VECTOR,
                "vector",
                "FLAT",
                "FLAT",
                Optional.of(MetricType.L2),
                Map.of(),
                Map.of(),
                1)),
        true,
        Set.of(),
        1,
        1);
  }

  private static FieldSchema nullableColor() {
    return new FieldSchema(
        COLOR,
        "color",
        DataType.VARCHAR,
        Optional.empty(),
        "",
        false,
        false,
        false,
        false,
        true,
        Optional.empty(),
        false,
        Map.of("max_length", "20"));
  }
}
