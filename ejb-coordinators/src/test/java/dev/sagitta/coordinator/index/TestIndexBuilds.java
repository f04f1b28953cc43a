package dev.sagitta.coordinator.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import dev.sagitta.coordinator.leader.LeaderMessages;
import dev.sagitta.coordinator.leader.NodeFixture;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which builds are asked for, how often, and what becomes of their results. */
final class TestIndexBuilds {
  private static final long COLLECTION = 10;
  private static final long INDEX = 70;
  private static final String VCHANNEL = VchannelDescriptor.nameOf("sagitta-dml_0", COLLECTION, 0);

  private final ManualClock clock = new ManualClock();
  private final FakeNetwork network = new FakeNetwork();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final FakeLog log = new FakeLog();
  private final NodeFixture leader = node("a");
  private final IndexBuildPublisher publisher = publisher(leader);
  private final IndexCoordinator coordinator =
      new LeaderIndexCoordinator(leader.calls, leader.catalog.journal(), key -> false);

  @BeforeEach
  void createSegments() {
    leader.leadership.evaluate();
    leader.commit(
        NodeFixture.collection(COLLECTION, "books"),
        new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1),
        flush(50, 2000, true),
        flush(51, 1023, true),
        flush(52, 2000, false));
  }

  @Test
  void sealedSegmentsOfEnoughRowsAreAskedForOnce() {
    publisher.sweep();
    assertThat(tasks()).as("no index is wanted yet").isEmpty();
    wantIndex();
    publisher.sweep();
    publisher.sweep();
    assertThat(tasks()).extracting(IndexBuildTask::segmentId).containsExactly(50L);
    assertThat(log.entries().getFirst().pchannel()).isEqualTo(IndexCoordinator.BUILD_QUEUE);
    leader.commit(flush(53, 5000, true));
    publisher.sweep();
    assertThat(tasks()).extracting(IndexBuildTask::segmentId).containsExactly(50L, 53L);
    assertThat(tasks()).extracting(IndexBuildTask::buildId).doesNotHaveDuplicates();
  }

  @Test
  void whatIsBuiltOrFailedOrDroppedIsNotAskedForAgain() {
    wantIndex();
    leader.commit(flush(53, 5000, true), flush(54, 5000, true));
    coordinator.commitBuild(COLLECTION, 50, result(1, true), seconds());
    coordinator.commitBuild(COLLECTION, 53, result(2, false), seconds());
    leader.commit(new CatalogChange.SegmentsDropped(COLLECTION, Set.of(54L)));
    publisher.sweep();
    assertThat(tasks()).isEmpty();
    long version = leader.catalog.replica().current().version();
    coordinator.commitBuild(COLLECTION, 50, result(3, true), seconds());
    coordinator.commitBuild(COLLECTION, 54, result(4, true), seconds());
    coordinator.commitBuild(99, 1, result(5, true), seconds());
    assertThat(leader.catalog.replica().current().version()).isEqualTo(version);
    assertThat(
            leader
                .catalog
                .replica()
                .current()
                .segmentsOf(COLLECTION)
                .get(50L)
                .index(INDEX)
                .orElseThrow()
                .buildId())
        .isEqualTo(1);
  }

  @Test
  void aFullLogALostMessageAndANewLeaderAreMadeUpFor() {
    wantIndex();
    log.full(true);
    publisher.sweep();
    log.full(false);
    publisher.sweep();
    assertThat(tasks()).hasSize(1);
    clock.advance(Duration.ofMinutes(29));
    publisher.sweep();
    assertThat(tasks()).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    publisher.sweep();
    assertThat(tasks()).hasSize(2);
    network.kill("a");
    NodeFixture heir = node("b");
    IndexBuildPublisher next = publisher(heir);
    next.sweep();
    assertThat(tasks()).as("does not lead yet").hasSize(2);
    heir.leadership.evaluate();
    next.sweep();
    next.sweep();
    assertThat(tasks()).hasSize(3);
    assertThat(tasks()).extracting(IndexBuildTask::buildId).doesNotHaveDuplicates();
  }

  private List<IndexBuildTask> tasks() {
    List<IndexBuildTask> tasks = new ArrayList<>();
    log.entries()
        .forEach(entry -> tasks.add(LeaderMessages.decode(entry.body(), IndexBuildTask.class)));
    return tasks;
  }

  private void wantIndex() {
    leader.commit(
        new CatalogChange.IndexCreated(
            COLLECTION,
            new IndexDescriptor(
                INDEX,
                101,
                "vector",
                "HNSW",
                "HNSW",
                Optional.of(MetricType.L2),
                Map.of(),
                Map.of(),
                0)));
  }

  private static SegmentIndexDescriptor result(long buildId, boolean success) {
    return new SegmentIndexDescriptor(
        INDEX,
        101,
        buildId,
        success ? Optional.of("index.bin") : Optional.empty(),
        1,
        success ? Optional.empty() : Optional.of("out of memory"));
  }

  private static CatalogChange flush(long segmentId, int rows, boolean sealed) {
    return new CatalogChange.VchannelFlushed(
        VCHANNEL,
        1,
        Map.of("p", segmentId),
        List.of(
            new CatalogChange.FlushedChunk(
                segmentId,
                COLLECTION + 1,
                new ChunkDescriptor(0, rows, 10, 1, 2, List.of(1L, 100L, 101L)))),
        List.of(),
        sealed ? Set.of(segmentId) : Set.of());
  }

  private IndexBuildPublisher publisher(NodeFixture node) {
    return new IndexBuildPublisher(
        node.catalog.replica(), node.leadership::leading, node.timestamps, () -> log, 1024, clock);
  }

  private NodeFixture node(String id) {
    return new NodeFixture(network, id, store, clock, duration -> {});
  }

  private static Deadline seconds() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}
