package dev.sagitta.coordinator.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogJournal;
import dev.sagitta.coordinator.leader.LeaderCalls;
import dev.sagitta.coordinator.leader.LeaderMessages;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.function.Predicate;

/** The IndexCoordinator on any node; results are committed by the leader. */
public final class LeaderIndexCoordinator implements IndexCoordinator {
  private static final String COMMIT = "index.commit";
  private static final byte[] DONE = new byte[0];

  private final LeaderCalls leader;
  private final CatalogJournal journal;
  private final Predicate<String> removedAsGarbage;

  /**
   * @param removedAsGarbage whether garbage collection has removed, or is about to remove, a key
   */
  public LeaderIndexCoordinator(
      LeaderCalls leader, CatalogJournal journal, Predicate<String> removedAsGarbage) {
    this.leader = requireNonNull(leader, "leader is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.removedAsGarbage = requireNonNull(removedAsGarbage, "removedAsGarbage is null");
    leader.register(COMMIT, this::answer);
  }

  @Override
  public void commitBuild(
      long collectionId, long segmentId, SegmentIndexDescriptor result, Deadline deadline) {
    CatalogChange.SegmentIndexed indexed =
        new CatalogChange.SegmentIndexed(collectionId, segmentId, result);
    var _ = leader.call(COMMIT, LeaderMessages.encode(indexed), deadline);
  }

  private byte[] answer(byte[] request, Deadline deadline) {
    CatalogChange.SegmentIndexed indexed =
        LeaderMessages.decode(request, CatalogChange.SegmentIndexed.class);
    var _ =
        DeadlineWait.result(
            journal.commit(snapshot -> isWanted(snapshot, indexed) ? List.of(indexed) : List.of()),
            deadline,
            COMMIT);
    return DONE;
  }

  private boolean isWanted(CatalogSnapshot snapshot, CatalogChange.SegmentIndexed indexed) {
    long indexId = indexed.index().indexId();
    SegmentDescriptor segment =
        snapshot.segmentsOf(indexed.collectionId()).get(indexed.segmentId());
    return segment != null
        && segment.index(indexId).isEmpty()
        && indexed.index().fileName().filter(name -> isRemoved(indexed, name)).isEmpty()
        && snapshot
            .collection(indexed.collectionId())
            .filter(
                collection ->
                    collection.indexes().stream().anyMatch(index -> index.id() == indexId))
            .isPresent();
  }

  private boolean isRemoved(CatalogChange.SegmentIndexed indexed, String fileName) {
    return removedAsGarbage.test(
        StorageLayout.indexFile(
            indexed.collectionId(),
            indexed.segmentId(),
            indexed.index().fieldId(),
            indexed.index().buildId(),
            fileName));
  }
}
