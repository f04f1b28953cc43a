package dev.sagitta.proxy.write;

import static dev.sagitta.proxy.fakes.FakeDatabase.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.WalOutcomeUnknownException;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.KeyHash;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.fakes.FakeCatalog;
import dev.sagitta.proxy.fakes.FakeDatabase;
import dev.sagitta.proxy.fakes.FakeNodes;
import dev.sagitta.proxy.fakes.FakeRow;
import dev.sagitta.proxy.read.ReadServices;
import dev.sagitta.query.request.FilterText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TestLogWriteService {
  private static final long IN_FLIGHT_BYTES = 64 << 20;

  private final FakeDatabase database = new FakeDatabase();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final SessionWrites sessionWrites = new SessionWrites(database.catalog);
  private final FakeNodes nodes = new FakeNodes(database, 2);
  private final LogWriteService writes = service(IN_FLIGHT_BYTES);

  private LogWriteService service(long maximumInFlightBytes) {
    return new LogWriteService(
        database.catalog,
        database.timestamps(),
        database.wal(),
        "producer",
        ReadServices.create(
                database.catalog,
                nodes,
                nodes,
                sessionWrites,
                executor,
                Duration.ofSeconds(5),
                FieldFunctions.ofEngine(),
                database.timestamps(),
                FakeDatabase.noRerankModels())
            .queries(),
        sessionWrites,
        maximumInFlightBytes,
        FieldFunctions.ofEngine());
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private CollectionDescriptor collection() {
    return database.catalog.collection();
  }

  private PrimaryKeys insert(List<?> keys) {
    return writes.insert(
        collection(), Optional.empty(), FakeCatalog.rows(collection(), keys), soon());
  }

  private long delete(String filter) {
    return writes.delete(collection(), Optional.empty(), new FilterText(filter, Map.of()), soon());
  }

  private Set<Object> storedKeys() {
    Set<Object> keys = new HashSet<>();
    database.rows().forEach(row -> assertThat(keys.add(row.key())).isTrue());
    return keys;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void testRowsGoToTheShardsOfTheirKeys() {
    PrimaryKeys keys = insert(range(0, 100));
    assertThat(KeyLists.asList(keys)).isEqualTo(range(0, 100));
    assertThat(database.requests()).hasSize(1);
    assertThat(database.requests().getFirst()).hasSize(3);
    for (int shard = 0; shard < 3; shard++) {
      for (FakeRow row : database.rows(List.of(FakeCatalog.VCHANNELS.get(shard)))) {
        PrimaryKeys key = new PrimaryKeys.LongKeys(new long[] {(Long) row.key()});
        assertThat(KeyHash.shardsOf(key, 3)).containsExactly(shard);
        assertThat(row.partitionId()).isEqualTo(FakeCatalog.DEFAULT_PARTITION);
      }
    }
    assertThat(storedKeys()).hasSize(100);
    assertThat(database.requests().getFirst().stream().map(r -> r.header().timestamp()).distinct())
        .hasSize(1);
    assertThat(database.requests().getFirst().getFirst().header().catalogVersion()).isEqualTo(5);
    assertThat(sessionWrites.lastWriteNanos(FakeCatalog.COLLECTION_ID))
        .isGreaterThan(Long.MIN_VALUE);
  }

  @Test
  void testKeysAreGenerated() {
    for (DataType type : List.of(DataType.INT64, DataType.VARCHAR)) {
      database.catalog.set(FakeCatalog.collection(type, true, false));
      Object any = type == DataType.INT64 ? (Object) 1L : "1";
      Map<Long, Column> columns =
          new HashMap<>(FakeCatalog.rows(collection(), List.of(any, any, any)).columns());
      columns.remove(FakeCatalog.KEY);
      PrimaryKeys keys =
          writes.insert(collection(), Optional.empty(), new ColumnBatch(3, columns), soon());
      assertThat(keys.type()).isEqualTo(type);
      assertThat(KeyLists.asList(keys)).doesNotHaveDuplicates().hasSize(3);
      assertThat(storedKeys()).containsAll(KeyLists.asList(keys));
    }
  }

  @Test
  void testLargeRequestsAreSplit() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      keys.add(i + "x".repeat(60_000));
    }
    database.catalog.set(FakeCatalog.collection(DataType.VARCHAR, false, false));
    insert(keys);
    assertThat(database.requests()).hasSize(1);
    assertThat(database.requests().getFirst()).hasSizeGreaterThan(5);
    assertThat(database.largestRecord()).isBetween(1 << 20, LogWriteService.MAXIMUM_RECORD_BYTES);
    assertThat(storedKeys()).hasSize(400);
    FilterText filter = new FilterText("id in {keys}", Map.of("keys", keys));
    assertThat(writes.delete(collection(), Optional.empty(), filter, soon())).isEqualTo(400);
    assertThat(database.requests()).hasSize(2);
    assertThat(database.requests().getLast()).hasSizeGreaterThan(5);
    assertThat(storedKeys()).isEmpty();
  }

  /** The log itself checks that sequences grow; timestamps must be unique to the request. */
  @Test
  void testConcurrentWritersKeepTheOrderOfSequences() throws Exception {
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      long base = writer * 100_000L;
      writers.add(
          executor.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  long from = base + 5L * i;
                  insert(range(from, from + 5));
                }
              }));
    }
    for (Future<?> writer : writers) {
      writer.get(60, TimeUnit.SECONDS);
    }
    assertThat(storedKeys()).hasSize(4000);
    long before = 0;
    for (List<LogRecord> request : database.requests()) {
      long timestamp = request.getFirst().header().timestamp();
      assertThat(timestamp).isGreaterThan(before);
      before = timestamp;
    }
  }

  @Test
  void testUpsertReplaces() {
    insert(range(0, 10));
    writes.upsert(
        collection(), Optional.of("other"), FakeCatalog.rows(collection(), range(5, 15)), soon());
    assertThat(storedKeys()).hasSize(15);
    assertThat(database.rows().stream().filter(row -> row.partitionId() == 2)).hasSize(10);
  }

  @Test
  void testUpsertWithGeneratedKeysReplacesTheOldOnes() {
    database.catalog.set(FakeCatalog.collection(DataType.INT64, true, false));
    insert(range(0, 10));
    PrimaryKeys keys =
        writes.upsert(
            collection(), Optional.empty(), FakeCatalog.rows(collection(), range(0, 5)), soon());
    assertThat(keys.size()).isEqualTo(5);
    assertThat(storedKeys())
        .hasSize(10)
        .containsAll(KeyLists.asList(keys))
        .containsAll(range(5, 10))
        .doesNotContainAnyElementsOf(range(0, 5));
    assertThat(database.requests().getLast().stream().map(r -> r.header().timestamp()).distinct())
        .hasSize(1);
  }

  @Test
  void testDeleteByKeys() {
    insert(range(0, 10));
    assertThat(delete("id in [1, 2, 3, 99]")).isEqualTo(4);
    assertThat(delete("id == 5")).isEqualTo(1);
    assertThat(storedKeys()).hasSize(6);
    assertThat(nodes.calls).isEmpty();
  }

  @Test
  void testDeleteInOnePartition() {
    insert(range(0, 4));
    long count =
        writes.delete(
            collection(), Optional.of("other"), new FilterText("id in [1, 2]", Map.of()), soon());
    assertThat(count).isEqualTo(2);
    assertThat(storedKeys()).hasSize(4);
  }

  @Test
  void testDeleteByFilterFindsTheKeysInBatches() {
    int rows = 2 * MatchingKeys.BATCH_ROWS + 100;
    insert(range(0, 2L * rows));
    long start = System.nanoTime();
    assertThat(delete("color == 'red'")).isEqualTo(rows);
    assertThat(storedKeys()).hasSize(rows);
    assertThat(nodes.notBefore).hasSizeGreaterThanOrEqualTo(3);
    assertThat(nodes.notBefore).allMatch(moment -> moment - start > 0);
    assertThat(delete("color == 'red'")).isZero();
  }

  @Test
  void testBadDeletesAreRefused() {
    assertFails(() -> delete("id >"), ErrorCode.INVALID_PARAMETER, "failed to create delete plan");
    assertFails(() -> delete("nothing == 1"), ErrorCode.INVALID_PARAMETER, "delete plan");
    assertFails(() -> delete("   "), ErrorCode.INVALID_PARAMETER, "always true");
    assertThat(database.requests()).isEmpty();
  }

  @Test
  void testPartitions() {
    ColumnBatch rows = FakeCatalog.rows(collection(), range(0, 3));
    assertFails(
        () -> writes.insert(collection(), Optional.of("none"), rows, soon()),
        ErrorCode.PARTITION_NOT_FOUND,
        "partition not found[partition=none]");
    database.catalog.set(FakeCatalog.collection(DataType.INT64, false, true));
    assertFails(
        () -> writes.insert(collection(), Optional.of("other"), rows, soon()),
        ErrorCode.INVALID_PARAMETER,
        "partition=other");
    insert(range(0, 100));
    Map<Object, Long> partitionOfColor = new HashMap<>();
    for (FakeRow row : database.rows()) {
      String color = ((Long) row.key()) % 2 == 0 ? "red" : "blue";
      Long before = partitionOfColor.put(color, row.partitionId());
      assertThat(before == null || before == row.partitionId()).isTrue();
    }
  }

  @Test
  void testDroppedCollection() {
    CollectionDescriptor collection = collection();
    ColumnBatch rows = FakeCatalog.rows(collection, range(0, 3));
    insert(range(0, 1));
    database.catalog.drop();
    assertFails(
        () -> writes.insert(collection, Optional.empty(), rows, soon()),
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection not found[collection=things]");
    assertThat(sessionWrites.lastWriteNanos(collection.id())).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void testFailuresOfTheLog() {
    database.setLog(_ -> CompletableFuture.failedFuture(new WalFullException("bound reached")));
    assertFails(() -> insert(range(0, 1)), ErrorCode.RATE_LIMIT, "log is full");
    database.setLog(
        _ -> CompletableFuture.failedFuture(new WalOutcomeUnknownException("broker lost")));
    assertFails(() -> insert(range(0, 1)), ErrorCode.SERVICE_UNAVAILABLE, "may have happened");
    database.setLog(_ -> CompletableFuture.failedFuture(new WalException("broker down")));
    assertFails(() -> insert(range(0, 1)), ErrorCode.SERVICE_UNAVAILABLE, "nothing was written");
    database.setLog(
        _ -> {
          throw new WalException("refused");
        });
    assertFails(() -> insert(range(0, 1)), ErrorCode.SERVICE_UNAVAILABLE, "nothing was written");
    assertThat(sessionWrites.lastWriteNanos(FakeCatalog.COLLECTION_ID)).isEqualTo(Long.MIN_VALUE);
    database.setLog(database::apply);
    insert(range(0, 1));
  }

  @Test
  void testTimeoutSaysThatTheOutcomeIsUnknown() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    database.setLog(_ -> never);
    Deadline deadline = Deadline.after(Duration.ofMillis(50));
    ColumnBatch rows = FakeCatalog.rows(collection(), range(0, 1));
    assertFails(
        () -> writes.insert(collection(), Optional.empty(), rows, deadline),
        ErrorCode.TIMEOUT,
        "may have happened");
    database.setLog(database::apply);
    assertFails(
        () -> writes.insert(collection(), Optional.empty(), rows, deadline),
        ErrorCode.TIMEOUT,
        "nothing was written");
    assertThat(database.requests()).isEmpty();
  }

  @Test
  void testBytesInFlightAreBounded() throws Exception {
    LogWriteService bounded = service(10_000);
    CompletableFuture<Void> durable = new CompletableFuture<>();
    CountDownLatch appended = new CountDownLatch(1);
    database.setLog(
        entries -> {
          appended.countDown();
          return durable.thenCompose(_ -> database.apply(entries));
        });
    ColumnBatch rows = FakeCatalog.rows(collection(), range(0, 300));
    Future<?> waiting =
        executor.submit(() -> bounded.insert(collection(), Optional.empty(), rows, soon()));
    assertThat(appended.await(20, TimeUnit.SECONDS)).isTrue();
    assertFails(
        () -> bounded.insert(collection(), Optional.empty(), rows, soon()),
        ErrorCode.RATE_LIMIT,
        "try again");
    durable.complete(null);
    waiting.get(20, TimeUnit.SECONDS);
    bounded.insert(
        collection(), Optional.empty(), FakeCatalog.rows(collection(), range(500, 501)), soon());
    assertThat(storedKeys()).hasSize(301);
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
