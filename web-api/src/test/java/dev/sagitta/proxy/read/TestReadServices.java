package dev.sagitta.proxy.read;

import static dev.sagitta.proxy.fakes.FakeCatalog.COLOR;
import static dev.sagitta.proxy.fakes.FakeCatalog.KEY;
import static dev.sagitta.proxy.fakes.FakeCatalog.VECTOR;
import static dev.sagitta.proxy.fakes.FakeDatabase.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.cluster.NodeUnavailableException;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchRefinement;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.fakes.FakeCatalog;
import dev.sagitta.proxy.fakes.FakeDatabase;
import dev.sagitta.proxy.fakes.FakeNodes;
import dev.sagitta.proxy.write.LogWriteService;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.Grouping;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads over one and several nodes answer the same. */
final class TestReadServices {
  private static final Duration GRACEFUL_TIME = Duration.ofSeconds(5);

  private final FakeDatabase database = new FakeDatabase();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final SessionWrites sessionWrites = new SessionWrites(database.catalog);
  private FakeNodes nodes;
  private ReadServices reads;
  private LogWriteService writes;

  TestReadServices() {
    useNodes(3);
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private void useNodes(int count) {
    nodes = new FakeNodes(database, count);
    reads =
        ReadServices.create(
            database.catalog,
            nodes,
            nodes,
            sessionWrites,
            executor,
            GRACEFUL_TIME,
            FieldFunctions.ofEngine(),
            database.timestamps(),
            FakeDatabase.noRerankModels());
    writes =
        new LogWriteService(
            database.catalog,
            database.timestamps(),
            database.wal(),
            "producer",
            reads.queries(),
            sessionWrites,
            1 << 24,
            FieldFunctions.ofEngine());
  }

  private CollectionDescriptor collection() {
    return database.catalog.collection();
  }

  private void insert(long from, long to, Optional<String> partition) {
    List<Long> keys = LongStream.range(from, to).boxed().toList();
    PrimaryKeys _ =
        writes.insert(collection(), partition, FakeCatalog.rows(collection(), keys), soon());
  }

  private SearchCommand search(SearchTarget target, int limit, int offset, List<Long> fields) {
    return new SearchCommand(
        collection(),
        List.of(),
        collection().schema().field(VECTOR).orElseThrow(),
        target,
        limit,
        offset,
        Optional.empty(),
        IndexSearchParameters.DEFAULT,
        OptionalInt.empty(),
        FilterText.ALL,
        fields,
        Optional.empty());
  }

  private QueryCommand query(String filter, int limit, int offset, ConsistencyLevel level) {
    return new QueryCommand(
        collection(),
        List.of(),
        new FilterText(filter, Map.of()),
        limit,
        offset,
        List.of(COLOR, KEY),
        Optional.ofNullable(level));
  }

  private SearchOutcome search(SearchCommand command) {
    return reads.searches().search(command, soon());
  }

  private static SearchTarget.Vectors vectors(float... numbers) {
    ColumnType type = new ColumnType(DataType.FLOAT_VECTOR, Optional.empty(), 2);
    ColumnBuilder builder = ColumnBuilder.forType(type, numbers.length / 2);
    for (int i = 0; i < numbers.length; i += 2) {
      builder.appendVector(numbers, i);
    }
    return new SearchTarget.Vectors((VectorColumn) builder.build());
  }

  private static SearchTarget.Vectors vector(float x, float y) {
    return vectors(x, y);
  }

  private static List<Object> keysOf(ColumnBatch rows) {
    return KeyLists.asList(ColumnBatches.primaryKeys(rows.column(KEY)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void testSearchMergesTheNodes(int nodeCount) {
    useNodes(nodeCount);
    insert(0, 200, Optional.empty());
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      float[] queries = new float[6];
      for (int i = 0; i < queries.length; i++) {
        queries[i] = random.nextFloat(200);
      }
      int offset = random.nextInt(10);
      int limit = 1 + random.nextInt(20);
      SearchOutcome outcome =
          search(search(vectors(queries), limit, offset, List.of(COLOR, VECTOR)));
      assertThat(outcome.hitCounts()).containsExactly(limit, limit, limit);
      for (int hit = 0; hit < 3 * limit; hit++) {
        int query = hit / limit;
        long[] expected = nearest(queries[2 * query], queries[2 * query + 1], 200);
        long key = ((PrimaryKeys.LongKeys) outcome.keys()).values()[hit];
        assertThat(key).isEqualTo(expected[offset + hit % limit]);
        float[] stored = new float[2];
        ((DenseVectorColumn) outcome.fields().column(VECTOR)).copyVector(hit, stored, 0);
        assertThat(stored).containsExactly((float) key, (float) (key % 10));
        assertThat(((StringColumn) outcome.fields().column(COLOR)).stringAt(hit))
            .isEqualTo(key % 2 == 0 ? "red" : "blue");
        float x = key - queries[2 * query];
        float y = key % 10 - queries[2 * query + 1];
        assertThat(outcome.scores()[hit]).isEqualTo(x * x + y * y);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void testStrictGroupsAreFilledFromAllNodes(int nodeCount) {
    useNodes(nodeCount);
    insert(0, 200, Optional.empty());
    for (float x = 0.2f; x < 20; x++) {
      SearchCommand plain = search(vectors(x, 3), 1, 0, List.of());
      SearchOutcome outcome =
          search(
              new SearchCommand(
                  plain.collection(),
                  plain.partitions(),
                  plain.field(),
                  plain.target(),
                  1,
                  0,
                  plain.metric(),
                  plain.parameters(),
                  plain.roundDecimal(),
                  plain.filter(),
                  List.of(COLOR),
                  plain.consistency(),
                  new SearchRefinement(
                      false,
                      Optional.of(new Grouping(COLOR, List.of(), 7, true, Optional.empty())),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty())));
      long[] nearest = nearest(x, 3, 200);
      long[] expected =
          Arrays.stream(nearest).filter(key -> key % 2 == nearest[0] % 2).limit(7).toArray();
      assertThat(((PrimaryKeys.LongKeys) outcome.keys()).values()).containsExactly(expected);
    }
  }

  /** Keys 0 to count - 1 by squared distance of (key, key mod 10). */
  private static long[] nearest(float x, float y, int count) {
    Long[] keys = LongStream.range(0, count).boxed().toArray(Long[]::new);
    Arrays.sort(
        keys,
        (first, second) -> {
          int byDistance = Float.compare(distance(first, x, y), distance(second, x, y));
          return byDistance != 0 ? byDistance : Long.compare(first, second);
        });
    return Arrays.stream(keys).mapToLong(Long::longValue).toArray();
  }

  private static float distance(long key, float x, float y) {
    return (key - x) * (key - x) + (key % 10 - y) * (key % 10 - y);
  }

  @Test
  void testOneNodeAnswersFieldsAtOnce() {
    useNodes(1);
    insert(0, 20, Optional.empty());
    search(search(vector(3, 3), 5, 0, List.of(COLOR)));
    assertThat(nodes.calls).containsExactly("search node0");
    nodes.calls.clear();
    search(search(vector(3, 3), 5, 2, List.of(COLOR)));
    assertThat(nodes.calls).containsExactly("search node0", "fetch node0");
    nodes.calls.clear();
    SearchOutcome outcome = search(search(vector(3, 3), 5, 2, List.of()));
    assertThat(nodes.calls).containsExactly("search node0");
    assertThat(outcome.fields().rowCount()).isEqualTo(5);
  }

  @Test
  void testEmptyResultsHaveColumns() {
    for (int nodeCount : new int[] {1, 3}) {
      useNodes(nodeCount);
      SearchOutcome outcome = search(search(vector(0, 0), 5, 0, List.of(COLOR, VECTOR)));
      assertThat(outcome.hitCounts()).containsExactly(0);
      assertThat(outcome.fields().columns()).containsOnlyKeys(COLOR, VECTOR);
      ColumnBatch rows =
          reads.queries().query(query("id > 0", 5, 0, ConsistencyLevel.STRONG), soon());
      assertThat(rows.rowCount()).isZero();
      assertThat(rows.columns()).containsOnlyKeys(COLOR, KEY);
      assertThat(reads.queries().count(query("", 1, 0, null), soon())).isZero();
    }
  }

  @Test
  void testScoresAreRounded() {
    insert(0, 5, Optional.empty());
    SearchCommand plain = search(vector(0.123f, 0), 1, 0, List.of());
    SearchCommand rounded =
        new SearchCommand(
            plain.collection(),
            plain.partitions(),
            plain.field(),
            plain.target(),
            1,
            0,
            Optional.of(MetricType.L2),
            plain.parameters(),
            OptionalInt.of(2),
            plain.filter(),
            List.of(),
            Optional.empty());
    assertThat(search(plain).scores()[0]).isNotEqualTo(0.02f);
    assertThat(search(rounded).scores()).containsExactly(0.02f);
  }

  @Test
  void testMetricMustBeTheIndexes() {
    SearchCommand plain = search(vector(0, 0), 1, 0, List.of());
    SearchCommand other =
        new SearchCommand(
            plain.collection(),
            plain.partitions(),
            plain.field(),
            plain.target(),
            1,
            0,
            Optional.of(MetricType.IP),
            plain.parameters(),
            OptionalInt.empty(),
            plain.filter(),
            List.of(),
            Optional.empty());
    assertFails(() -> search(other), ErrorCode.INVALID_PARAMETER, "metric type not match");
  }

  @Test
  void testSearchByStoredRows() {
    insert(0, 50, Optional.empty());
    SearchTarget target = new SearchTarget.StoredRows(keys(7, 33));
    SearchOutcome outcome = search(search(target, 1, 0, List.of(KEY)));
    assertThat(KeyLists.asList(outcome.keys())).containsExactly(7L, 33L);
    assertThat(keysOf(outcome.fields())).containsExactly(7L, 33L);
    SearchTarget unknown = new SearchTarget.StoredRows(keys(7, 777));
    assertFails(() -> search(search(unknown, 1, 0, List.of())), ErrorCode.INVALID_PARAMETER, "777");
  }

  private static PrimaryKeys keys(long... values) {
    return new PrimaryKeys.LongKeys(values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void testQueryIsInTheOrderOfKeys(int nodeCount) {
    useNodes(nodeCount);
    insert(0, 100, Optional.empty());
    ColumnBatch rows =
        reads.queries().query(query("color == 'red'", 10, 5, ConsistencyLevel.STRONG), soon());
    assertThat(keysOf(rows))
        .containsExactlyElementsOf(LongStream.range(5, 15).map(i -> 2 * i).boxed().toList());
    assertThat(List.copyOf(rows.columns().keySet())).containsExactly(COLOR, KEY);
    ColumnBatch last = reads.queries().query(query("", 100, 98, ConsistencyLevel.STRONG), soon());
    assertThat(keysOf(last)).containsExactly(98L, 99L);
    assertThat(keysOf(reads.queries().query(query("", 10, 500, null), soon()))).isEmpty();
    assertThat(reads.queries().count(query("color == 'red'", 1, 0, null), soon())).isEqualTo(50);
  }

  @Test
  void testGetReadsOnlyTheKeysShards() {
    insert(0, 100, Optional.empty());
    insert(5, 6, Optional.empty()); // the same key again
    ColumnBatch rows =
        reads
            .queries()
            .get(
                new GetCommand(
                    collection(),
                    List.of(),
                    keys(5, 99, 5, 12345, 3),
                    List.of(KEY, COLOR),
                    Optional.empty()),
                soon());
    assertThat(keysOf(rows)).containsExactly(3L, 5L, 99L);
    nodes.calls.clear();
    GetCommand one =
        new GetCommand(collection(), List.of(), keys(5), List.of(KEY), Optional.empty());
    assertThat(keysOf(reads.queries().get(one, soon()))).containsExactly(5L);
    assertThat(nodes.calls).hasSize(1);
  }

  @Test
  void testTextKeys() {
    database.catalog.set(FakeCatalog.collection(DataType.VARCHAR, false, false));
    List<String> texts = List.of("it's", "a\"b", "ü", "plain", "\\");
    PrimaryKeys written =
        writes.insert(
            collection(), Optional.empty(), FakeCatalog.rows(collection(), texts), soon());
    ColumnBatch rows =
        reads
            .queries()
            .get(
                new GetCommand(collection(), List.of(), written, List.of(KEY), Optional.empty()),
                soon());
    assertThat(keysOf(rows)).containsExactlyInAnyOrderElementsOf(texts);
    SearchOutcome outcome = search(search(vector(0, 0), 10, 0, List.of()));
    assertThat(KeyLists.asList(outcome.keys())).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void testWhatIsNotServedIsRefused() {
    insert(0, 10, Optional.empty());
    insert(10, 15, Optional.of("other"));
    CollectionDescriptor whole = collection();
    database.catalog.set(FakeCatalog.loaded(whole, false, Set.of()));
    assertFails(
        () -> search(search(vector(0, 0), 1, 0, List.of())),
        ErrorCode.COLLECTION_NOT_LOADED,
        "collection not loaded[collection=things]");
    database.catalog.set(FakeCatalog.loaded(whole, false, Set.of(FakeCatalog.OTHER_PARTITION)));
    assertFails(
        () -> reads.queries().count(inPartition("_default"), soon()),
        ErrorCode.PARTITION_NOT_LOADED,
        "partition not loaded[partition=_default]");
    assertFails(
        () -> reads.queries().count(inPartition("none"), soon()),
        ErrorCode.PARTITION_NOT_FOUND,
        "partition not found[partition=none]");
    assertThat(reads.queries().count(inPartition("other"), soon())).isEqualTo(5);
    database.catalog.drop();
    assertFails(
        () ->
            reads
                .queries()
                .get(
                    new GetCommand(whole, List.of(), keys(1), List.of(KEY), Optional.empty()),
                    soon()),
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection not found");
  }

  private QueryCommand inPartition(String partition) {
    return new QueryCommand(
        collection(), List.of(partition), FilterText.ALL, 1, 0, List.of(KEY), Optional.empty());
  }

  @Test
  void testConsistencyLevels() {
    assertThat(notBefore(ConsistencyLevel.EVENTUALLY)).isEqualTo(Long.MIN_VALUE);
    assertThat(notBefore(ConsistencyLevel.SESSION)).isEqualTo(Long.MIN_VALUE);
    long before = System.nanoTime();
    insert(0, 1, Optional.empty());
    long after = System.nanoTime();
    assertThat(notBefore(ConsistencyLevel.SESSION)).isBetween(before, after);
    assertThat(notBefore(ConsistencyLevel.CUSTOMIZED)).isBetween(before, after);
    assertThat(notBefore(ConsistencyLevel.STRONG)).isBetween(after, System.nanoTime());
    long bounded = notBefore(ConsistencyLevel.BOUNDED) + GRACEFUL_TIME.toNanos();
    assertThat(bounded).isBetween(after, System.nanoTime());
    assertThat(notBefore(null) + GRACEFUL_TIME.toNanos()).isBetween(after, System.nanoTime());
  }

  private long notBefore(ConsistencyLevel level) {
    reads.queries().count(query("", 1, 0, level), soon());
    return nodes.notBefore.getLast();
  }

  @Test
  void testChangedOwnersAreAskedAgain() {
    insert(0, 60, Optional.empty());
    nodes.failNext(new StaleRouteException("moved"));
    nodes.failNext(new NodeUnavailableException("died"));
    SearchOutcome outcome = search(search(vector(1, 1), 10, 0, List.of(COLOR)));
    assertThat(outcome.scores()).hasSize(10);
    assertThat(nodes.invalidated).containsAll(FakeCatalog.VCHANNELS);
    nodes.failNext(new StaleRouteException("moved"));
    assertThat(reads.queries().count(query("", 1, 0, null), soon())).isEqualTo(60);
  }

  @Test
  void testRetriesEnd() {
    for (int i = 0; i < 100; i++) {
      nodes.failNext(new NodeUnavailableException("died"));
    }
    Deadline shortly = Deadline.after(Duration.ofMillis(60));
    assertFails(
        () -> reads.queries().count(query("", 1, 0, null), shortly), ErrorCode.TIMEOUT, "died");
    FakeNodes fresh = new FakeNodes(database, 1);
    for (int i = 0; i < RoutedReads.MAXIMUM_ATTEMPTS; i++) {
      fresh.failNext(new StaleRouteException("moved"));
    }
    ReadServices services =
        ReadServices.create(
            database.catalog,
            fresh,
            fresh,
            sessionWrites,
            executor,
            GRACEFUL_TIME,
            FieldFunctions.ofEngine(),
            database.timestamps(),
            FakeDatabase.noRerankModels());
    assertFails(
        () -> services.queries().count(query("", 1, 0, null), soon()),
        ErrorCode.SERVICE_UNAVAILABLE,
        "moved");
  }

  @Test
  void testOtherFailuresAreNotRetried() {
    nodes.failNext(new SagittaException(ErrorCode.INVALID_PARAMETER, "bad filter"));
    assertFails(
        () -> reads.queries().count(query("", 1, 0, null), soon()),
        ErrorCode.INVALID_PARAMETER,
        "bad filter");
    assertThat(nodes.invalidated).isEmpty();
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
