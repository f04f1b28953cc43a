package dev.sagitta.coordinator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import dev.sagitta.coordinator.leader.NodeFixture;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogChange.FlushedChunk;
import dev.sagitta.engine.catalog.CatalogChange.VchannelFlushed;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.DeltaDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims, flushes and garbage, asked for on a node that does not lead. */
final class TestLeaderDataCoordinator {
  private static final long COLLECTION = 10;
  private static final long PARTITION = 11;
  private static final String VCHANNEL = VchannelDescriptor.nameOf("sagitta-dml_0", COLLECTION, 0);
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final FakeNetwork network = new FakeNetwork();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final NodeFixture leader = node("a");
  private final NodeFixture other = node("b");
  private final GarbageCollector garbage =
      new GarbageCollector(leader.catalog, leader.store, ORPHAN_AGE, clock);
  private final DataCoordinator leaderData = coordinator(leader);
  private final DataCoordinator data = coordinator(other);

  @BeforeEach
  void createCollection() {
    leader.leadership.evaluate();
    leader.commit(NodeFixture.collection(COLLECTION, "books"));
    other.catalog.poll();
  }

  @Test
  void eachClaimFencesTheOneBefore() {
    VchannelDescriptor first = data.claim(VCHANNEL, "b", seconds());
    assertThat(first.ownerEpoch()).isEqualTo(1);
    assertThat(first.ownerNodeId()).contains("b");
    data.commitFlush(flush(1, 0, Map.of("p", 5L)), seconds());
    VchannelDescriptor second = leaderData.claim(VCHANNEL, "a", seconds());
    assertThat(second.ownerEpoch()).isEqualTo(2);
    assertThat(second.checkpoint()).containsEntry("p", 5L);
    assertThatThrownBy(() -> data.commitFlush(flush(1, 1, Map.of("p", 6L)), seconds()))
        .isInstanceOf(OwnershipLostException.class)
        .hasMessageContaining("owner=a");
    assertThat(leader.catalog.replica().current().segmentsOf(COLLECTION).get(50L).state())
        .isEqualTo(SegmentState.SEALED);
  }

  @Test
  void aRepeatedFlushIsCommittedOnce() {
    data.claim(VCHANNEL, "b", seconds());
    VchannelFlushed flush = flush(1, 0, Map.of("p", 5L));
    data.commitFlush(flush, seconds());
    long version = other.catalog.replica().current().version();
    data.commitFlush(flush, seconds());
    assertThat(other.catalog.replica().current().version()).isEqualTo(version);
    assertThat(other.catalog.replica().current().segmentsOf(COLLECTION).get(50L).chunks())
        .hasSize(1);
    assertThatThrownBy(() -> data.commitFlush(flush(1, 0, Map.of("p", 9L)), seconds()))
        .isInstanceOf(OwnershipLostException.class)
        .hasMessageContaining("chunk is not the next one");
  }

  @Test
  void aDroppedCollectionIsToldApart() {
    data.claim(VCHANNEL, "b", seconds());
    leader.commit(new CatalogChange.CollectionDropped(COLLECTION));
    assertThatThrownBy(() -> data.claim(VCHANNEL, "b", seconds()))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.COLLECTION_NOT_FOUND));
    assertThatThrownBy(() -> data.commitFlush(flush(1, 0, Map.of()), seconds()))
        .isInstanceOf(OwnershipLostException.class)
        .hasMessageContaining("dropped");
  }

  @Test
  void segmentIdsAreNew() {
    long first = data.allocateSegmentId(seconds());
    assertThat(data.allocateSegmentId(seconds())).isGreaterThan(first);
    assertThat(leaderData.allocateSegmentId(seconds())).isGreaterThan(first + 1);
  }

  @Test
  void onlyOldUnnamedFilesAreRemovedAndOnlyOnTheSecondSweep() {
    data.claim(VCHANNEL, "b", seconds());
    data.commitFlush(flush(1, 0, Map.of("p", 5L)), seconds());
    List<String> named =
        List.of(
            StorageLayout.binlog(COLLECTION, 50, 100, 0),
            StorageLayout.stats(COLLECTION, 50, 0),
            StorageLayout.delta(COLLECTION, 50, 7));
    List<String> unnamed =
        List.of(
            StorageLayout.binlog(COLLECTION, 50, 102, 0),
            StorageLayout.binlog(COLLECTION, 50, 100, 1),
            StorageLayout.stats(COLLECTION, 50, 1),
            StorageLayout.delta(COLLECTION, 50, 8),
            StorageLayout.delta(COLLECTION, 51, 7),
            StorageLayout.indexFile(COLLECTION, 50, 101, 3, "index.bin"),
            StorageLayout.binlog(99, 50, 100, 0));
    String stranger = StorageLayout.collectionPrefix(COLLECTION) + "readme.txt";
    named.forEach(this::put);
    unnamed.forEach(this::put);
    put(stranger);
    garbage.sweep();
    garbage.sweep();
    assertThat(unnamed).as("too young").allMatch(key -> store.head(key).isPresent());
    clock.advance(ORPHAN_AGE.plusSeconds(1));
    String young = StorageLayout.delta(COLLECTION, 50, 9);
    put(young);
    garbage.sweep();
    assertThat(unnamed).as("seen once").allMatch(key -> store.head(key).isPresent());
    garbage.sweep();
    assertThat(unnamed).allMatch(key -> store.head(key).isEmpty());
    assertThat(named).allMatch(key -> store.head(key).isPresent());
    assertThat(List.of(young, stranger)).allMatch(key -> store.head(key).isPresent());
    assertThatThrownBy(() -> data.commitFlush(flush(1, 1, Map.of("p", 6L)), seconds()))
        .isInstanceOf(OwnershipLostException.class)
        .hasMessageContaining("removed as garbage");
  }

  @Test
  void aFileThatAFlushNamesAtTheLastMomentStays() {
    data.claim(VCHANNEL, "b", seconds());
    String late = StorageLayout.binlog(COLLECTION, 50, 100, 0);
    put(late);
    clock.advance(ORPHAN_AGE.plusSeconds(1));
    garbage.sweep();
    data.commitFlush(flush(1, 0, Map.of("p", 5L)), seconds());
    garbage.sweep();
    assertThat(store.head(late)).isPresent();
    assertThat(garbage.isRemoved(late)).isFalse();
  }

  @Test
  void aNodeThatDoesNotLeadRemovesNothing() {
    String orphan = StorageLayout.delta(COLLECTION, 51, 7);
    put(orphan);
    clock.advance(ORPHAN_AGE.plusSeconds(1));
    GarbageCollector idle = new GarbageCollector(other.catalog, other.store, ORPHAN_AGE, clock);
    idle.sweep();
    idle.sweep();
    assertThat(store.head(orphan)).isPresent();
  }

  private void put(String key) {
    store.put(key, ByteBuffer.wrap(new byte[1]));
  }

  private DataCoordinator coordinator(NodeFixture node) {
    return new LeaderDataCoordinator(
        node.calls, node.catalog.journal(), node.timestamps, garbage::isRemoved);
  }

  private static VchannelFlushed flush(long ownerEpoch, long chunk, Map<String, Long> checkpoint) {
    return new VchannelFlushed(
        VCHANNEL,
        ownerEpoch,
        checkpoint,
        List.of(
            new FlushedChunk(
                50,
                PARTITION,
                new ChunkDescriptor(chunk, 2000, 10, 1, 2, List.of(1L, 100L, 101L)))),
        chunk == 0
            ? List.of(new CatalogChange.FlushedDelta(50, new DeltaDescriptor(7, 1, 1)))
            : List.of(),
        Set.of());
  }

  private NodeFixture node(String id) {
    return new NodeFixture(network, id, store, clock, duration -> {});
  }

  private static Deadline seconds() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}
