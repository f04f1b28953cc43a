package dev.sagitta.query.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.fakes.FakeCatalog;
import dev.sagitta.query.fakes.FakeCluster;
import dev.sagitta.query.fakes.FakeWal;
import dev.sagitta.query.fakes.TestCollections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routing by barriers, with owners that answer when the test delivers. */
class TestBarrierRouter {
  private static final String READER = "reader";

  private final FakeCluster nodes = new FakeCluster();
  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeWal wal = new FakeWal();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Barrier> received = new CopyOnWriteArrayList<>();
  private List<String> vchannels;
  private String vchannel;
  private FakeCatalog.Follower follower;
  private BarrierRouter router;

  @BeforeEach
  void createCollection() {
    vchannels = TestCollections.create(catalog, TestCollections.schema(4), 2);
    vchannel = vchannels.getFirst();
    follower = catalog.follower();
    router = new BarrierRouter(nodes.join(READER), follower, wal);
    router.start();
  }

  @AfterEach
  void stop() {
    router.close();
    threads.shutdownNow();
  }

  @Test
  void testOwnerIsWhoAnswers() {
    FakeWal.Session session = owner("owner");
    CompletableFuture<Map<String, String>> owners = read(vchannels, System.nanoTime());
    deliverUntil(session, owners);
    assertThat(owners.join())
        .containsEntry(vchannels.get(0), "owner")
        .containsEntry(vchannels.get(1), "owner");
  }

  @Test
  void testFreshEnoughOwnerNeedsNoBarrier() {
    FakeWal.Session session = owner("owner");
    long before = System.nanoTime();
    deliverUntil(session, read(List.of(vchannel), System.nanoTime()));
    int barriers = received.size();
    assertThat(router.ownersAt(List.of(vchannel), before, soon())).containsEntry(vchannel, "owner");
    assertThat(router.ownersAt(List.of(vchannel), Long.MIN_VALUE, soon()))
        .containsEntry(vchannel, "owner");
    assertThat(received).hasSize(barriers);
  }

  @Test
  void testConcurrentReadersShareBarriers() {
    FakeWal.Session session = owner("owner");
    List<CompletableFuture<Map<String, String>>> reads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      reads.add(read(List.of(vchannel), System.nanoTime()));
    }
    reads.forEach(read -> deliverUntil(session, read));
    assertThat(received).hasSizeLessThan(20);
  }

  @Test
  void testReaderIsNotServedByABarrierSentBeforeItBegan() {
    FakeWal.Session session = owner("owner");
    CompletableFuture<Map<String, String>> first = read(List.of(vchannel), System.nanoTime());
    deliverUntil(session, first);
    int barriers = received.size();
    CompletableFuture<Map<String, String>> second = read(List.of(vchannel), System.nanoTime());
    deliverUntil(session, second);
    assertThat(received.size()).isGreaterThan(barriers);
  }

  @Test
  void testLostBarrierIsSentAgain() {
    FakeWal.Session deaf =
        wal.open(
            new WalListener() {
              @Override
              public void onRecords(List<WalRecord> batch, WalDelivery delivery) {}

              @Override
              public void onSessionEnded(WalDelivery delivery) {}
            });
    CompletableFuture<Map<String, String>> read = read(List.of(vchannel), System.nanoTime());
    while (deaf.deliver(10) == 0) {
      Thread.onSpinWait();
    }
    deaf.end(false);
    deliverUntil(owner("owner"), read);
    assertThat(read.join()).containsEntry(vchannel, "owner");
  }

  @Test
  void testDeadOwnerIsNotAnswered() {
    FakeWal.Session first = owner("first");
    deliverUntil(first, read(List.of(vchannel), System.nanoTime()));
    nodes.kill("first");
    first.end(false);
    FakeWal.Session second = owner("second");
    CompletableFuture<Map<String, String>> read = read(List.of(vchannel), Long.MIN_VALUE);
    deliverUntil(second, read);
    assertThat(read.join()).containsEntry(vchannel, "second");
  }

  @Test
  void testCatalogOwnerServesAnyFreshnessUntilItRefuses() {
    Cluster _ = nodes.join("catalog-owner");
    catalog.commit(new CatalogChange.VchannelClaimed(vchannel, "catalog-owner", 1));
    follower.catchUp();
    assertThat(router.ownersAt(List.of(vchannel), Long.MIN_VALUE, soon()))
        .containsEntry(vchannel, "catalog-owner");
    router.invalidate(vchannel);
    CompletableFuture<Map<String, String>> read = read(List.of(vchannel), Long.MIN_VALUE);
    deliverUntil(owner("owner"), read);
    assertThat(read.join()).containsEntry(vchannel, "owner");
  }

  @Test
  void testNobodyAnswersInTime() {
    assertThatThrownBy(
            () ->
                router.ownersAt(
                    List.of(vchannel), System.nanoTime(), Deadline.after(Duration.ofMillis(50))))
        .isInstanceOfSatisfying(
            SagittaException.class,
            failure -> assertThat(failure.errorCode()).isEqualTo(ErrorCode.TIMEOUT))
        .hasMessageContaining(vchannel);
  }

  @Test
  void testDroppedCollectionEndsWaiting() {
    CompletableFuture<Map<String, String>> read = read(List.of(vchannel), System.nanoTime());
    while (wal.connect().backlog().records() == 0) {
      Thread.onSpinWait();
    }
    catalog.commit(new CatalogChange.CollectionDropped(TestCollections.COLLECTION_ID));
    follower.catchUp();
    assertThatThrownBy(read::join)
        .hasCauseInstanceOf(SagittaException.class)
        .hasMessageContaining("collection not found");
  }

  @Test
  void testFlushWaitsForTheCatalogThatShowsIt() {
    FakeWal.Session session = owner("owner");
    catalog.commit(new CatalogChange.VchannelClaimed(vchannel, "owner", 1));
    long version = catalog.truth().version();
    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(() -> router.flush(vchannels, soon()), threads);
    deliverUntil(session, flush);
    assertThat(follower.current().version()).isEqualTo(version);
    assertThat(received).allMatch(barrier -> barrier.kind() == BarrierKind.FLUSH);
  }

  private FakeWal.Session owner(String nodeId) {
    FakeCatalog.Follower ownFollower = catalog.follower();
    BarrierResponder responder = new BarrierResponder(nodes.join(nodeId), ownFollower);
    return wal.open(
        new WalListener() {
          @Override
          public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
            ownFollower.catchUp();
            for (WalRecord walRecord : batch) {
              Barrier barrier = Barrier.decode(walRecord.body());
              received.add(barrier);
              responder.reached(barrier);
            }
          }

          @Override
          public void onSessionEnded(WalDelivery delivery) {}
        });
  }

  private CompletableFuture<Map<String, String>> read(List<String> names, long notBefore) {
    return CompletableFuture.supplyAsync(() -> router.ownersAt(names, notBefore, soon()), threads);
  }

  private static void deliverUntil(FakeWal.Session session, CompletableFuture<?> read) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!read.isDone()) {
      if (session.deliver(10) == 0) {
        Thread.onSpinWait();
      }
      assertThat(System.nanoTime()).as("time").isLessThan(end);
    }
    Object _ = read.join();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}
