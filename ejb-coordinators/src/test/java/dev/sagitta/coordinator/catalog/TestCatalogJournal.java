package dev.sagitta.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CatalogChange.DatabaseCreated;
import dev.sagitta.engine.catalog.CatalogChange.DatabaseDropped;
import dev.sagitta.engine.catalog.CatalogConflictException;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group commit, fencing, snapshots and following, over a store that does not fail. */
final class TestCatalogJournal {
  private static final int INTERVAL = 10;

  private final ManualClock clock = new ManualClock();
  private final GatedStore store = new GatedStore(clock);
  private final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void changesThatWaitShareOneObject() {
    Catalog leader = leader("a");
    store.gate = new CountDownLatch(1);
    List<CompletableFuture<CatalogSnapshot>> commits = new ArrayList<>();
    commits.add(leader.journal().commit(create(10)));
    for (int i = 11; i < 60; i++) {
      commits.add(leader.journal().commit(create(i)));
    }
    store.gate.countDown();
    commits.forEach(commit -> result(commit));
    assertThat(leader.replica().current().databases()).hasSize(51);
    assertThat(leader.replica().current().version()).isLessThanOrEqualTo(4);
  }

  @Test
  void aConflictFailsItsOwnCallerOnly() {
    Catalog leader = leader("a");
    store.gate = new CountDownLatch(1);
    CompletableFuture<CatalogSnapshot> first = leader.journal().commit(create(10));
    CompletableFuture<CatalogSnapshot> good = leader.journal().commit(create(11));
    CompletableFuture<CatalogSnapshot> bad = leader.journal().commit(create(11));
    CompletableFuture<CatalogSnapshot> thrown =
        leader
            .journal()
            .commit(
                snapshot -> {
                  throw SagittaException.invalidParameter("no");
                });
    CompletableFuture<CatalogSnapshot> last =
        leader.journal().commit(snapshot -> List.of(new DatabaseDropped(11)));
    store.gate.countDown();
    result(first);
    result(good);
    assertThatThrownBy(() -> result(bad)).isInstanceOf(CatalogConflictException.class);
    assertThatThrownBy(() -> result(thrown)).hasMessageContaining("no: invalid parameter");
    assertThat(result(last).databases()).doesNotContainKey(11L).containsKey(10L);
  }

  @Test
  void aFencedLeaderCommitsNothingAndSaysSo() {
    Catalog old = leader("a");
    Catalog young = leader("b");
    result(young.journal().commit(create(20)));
    assertThatThrownBy(() -> result(old.journal().commit(create(10))))
        .isInstanceOf(NotLeaderException.class)
        .hasMessageContaining("leader=b");
    assertThat(old.journal().leadingEpoch()).isEmpty();
    assertThat(young.journal().leadingEpoch()).hasValue(2);
    assertThat(old.replica().current().databases()).containsKey(20L).doesNotContainKey(10L);
    assertThatThrownBy(() -> result(old.journal().startEpoch(1)))
        .isInstanceOf(NotLeaderException.class);
  }

  @Test
  void aProposalThatWantsNothingWritesNothing() {
    Catalog leader = leader("a");
    long version = result(leader.journal().commit(snapshot -> List.of())).version();
    assertThat(version).isEqualTo(1);
    assertThat(store.head(StorageLayout.catalogChange(2))).isEmpty();
  }

  @Test
  void aNewNodeStartsFromASnapshotAndALaggardSkipsWhatWasRemoved() {
    Catalog laggard = node("c");
    laggard.load();
    Catalog leader = leader("a");
    for (int i = 0; i < 40; i++) {
      clock.advance(Duration.ofMinutes(3));
      long version = result(leader.journal().commit(create(100 + i))).version();
      if (version % INTERVAL == 0) {
        await(() -> store.head(StorageLayout.catalogSnapshot(version)).isPresent());
        // What is old is removed behind the snapshot; until then no other one is begun.
        await(() -> executor.getActiveCount() == 0);
      }
    }
    await(() -> store.head(StorageLayout.catalogChange(1)).isEmpty());
    Catalog young = node("b");
    young.load();
    assertThat(young.replica().current()).isEqualTo(leader.replica().current());
    laggard.poll();
    assertThat(laggard.replica().current().version()).isZero();
    long version = leader.replica().current().version();
    assertThat(laggard.replica().awaitVersion(version, seconds(5)))
        .isEqualTo(leader.replica().current());
    laggard.load();
    assertThat(result(laggard.journal().startEpoch(1)).epoch()).isEqualTo(2);
  }

  @Test
  void followersAreToldEveryVersionInOrderAndCanWait() {
    Catalog leader = leader("a");
    Catalog follower = node("b");
    List<Long> versions = new ArrayList<>();
    follower.replica().addListener(snapshot -> versions.add(snapshot.version()));
    CompletableFuture<CatalogSnapshot> waiting =
        CompletableFuture.supplyAsync(
            () -> follower.replica().awaitVersion(4, seconds(10)), executor);
    for (int i = 10; i < 13; i++) {
      result(leader.journal().commit(create(i)));
    }
    assertThat(result(waiting).databases()).containsKeys(10L, 11L, 12L);
    assertThat(versions).containsExactly(1L, 2L, 3L, 4L);
    assertThatThrownBy(
            () -> follower.replica().awaitVersion(5, Deadline.after(Duration.ofMillis(20))))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TIMEOUT))
        .hasMessageContaining("expected=5 actual=4");
  }

  @Test
  void aThrowingListenerStopsNoOne() {
    Catalog leader = leader("a");
    AtomicInteger calls = new AtomicInteger();
    leader
        .replica()
        .addListener(
            snapshot -> {
              throw new IllegalStateException("listener fails");
            });
    leader.replica().addListener(snapshot -> calls.incrementAndGet());
    result(leader.journal().commit(create(10)));
    assertThat(calls).hasValue(1);
  }

  private Catalog leader(String nodeId) {
    Catalog catalog = node(nodeId);
    catalog.load();
    result(catalog.journal().startEpoch(catalog.replica().current().epoch()));
    return catalog;
  }

  private Catalog node(String nodeId) {
    return new Catalog(
        nodeId,
        new StoreAccess(MemoryObjectStore.connections(store), Pause.SLEEP, clock),
        new Catalog.Settings(INTERVAL, Duration.ofHours(1)),
        executor,
        clock,
        Pause.SLEEP,
        () -> UUID.randomUUID().toString());
  }

  private static CatalogProposal create(long id) {
    return snapshot ->
        List.of(new DatabaseCreated(new DatabaseDescriptor(id, "d" + id, 0, Map.of())));
  }

  private static <T> T result(CompletableFuture<T> future) {
    return DeadlineWait.result(future, seconds(20), "test");
  }

  private static Deadline seconds(long seconds) {
    return Deadline.after(Duration.ofSeconds(seconds));
  }

  private static void await(BooleanSupplier condition) {
    Deadline deadline = seconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(deadline.hasPassed()).isFalse();
      Thread.onSpinWait();
    }
  }

  /** Lets writes pass when the gate is open. */
  private static final class GatedStore extends MemoryObjectStore {
    private volatile CountDownLatch gate = new CountDownLatch(0);

    GatedStore(ManualClock clock) {
      super(clock);
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer content) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return super.putIfAbsent(key, content);
    }
  }
}
