package dev.sagitta.coordinator.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogJournal;
import dev.sagitta.coordinator.leader.LeaderCalls;
import dev.sagitta.coordinator.leader.LeaderMessages;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The DataCoordinator on any node; claims and flushes are decided by the leader's journal. */
public final class LeaderDataCoordinator implements DataCoordinator {
  private static final String CLAIM = "data.claim";
  private static final String FLUSH = "data.flush";

  private final LeaderCalls leader;
  private final CatalogJournal journal;
  private final TimestampOracle timestamps;
  private final Predicate<String> removedAsGarbage;

  /**
   * @param removedAsGarbage whether garbage collection has removed, or is about to remove, a key
   */
  public LeaderDataCoordinator(
      LeaderCalls leader,
      CatalogJournal journal,
      TimestampOracle timestamps,
      Predicate<String> removedAsGarbage) {
    this.leader = requireNonNull(leader, "leader is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.timestamps = requireNonNull(timestamps, "timestamps is null");
    this.removedAsGarbage = requireNonNull(removedAsGarbage, "removedAsGarbage is null");
    leader.register(CLAIM, this::answerClaim);
    leader.register(FLUSH, this::answerFlush);
  }

  @Override
  public VchannelDescriptor claim(String vchannel, String nodeId, Deadline deadline) {
    byte[] request = LeaderMessages.encode(new Claim(vchannel, nodeId));
    return LeaderMessages.decode(leader.call(CLAIM, request, deadline), VchannelDescriptor.class);
  }

  @Override
  public long allocateSegmentId(Deadline deadline) {
    return timestamps.allocate(1, deadline);
  }

  @Override
  public void commitFlush(CatalogChange.VchannelFlushed flush, Deadline deadline) {
    byte[] answer = leader.call(FLUSH, LeaderMessages.encode(flush), deadline);
    Optional<String> lost = LeaderMessages.decode(answer, FlushAnswer.class).ownershipLost();
    if (lost.isPresent()) {
      throw new OwnershipLostException(lost.get());
    }
  }

  private byte[] answerClaim(byte[] request, Deadline deadline) {
    Claim claim = LeaderMessages.decode(request, Claim.class);
    // Of two claims in one commit each must learn its own epoch, not the last one.
    AtomicReference<VchannelDescriptor> claimed = new AtomicReference<>();
    var _ =
        DeadlineWait.result(
            journal.commit(snapshot -> claim(snapshot, claim, claimed)), deadline, CLAIM);
    return LeaderMessages.encode(claimed.get());
  }

  private static List<CatalogChange> claim(
      CatalogSnapshot snapshot, Claim claim, AtomicReference<VchannelDescriptor> claimed) {
    VchannelDescriptor vchannel = snapshot.vchannels().get(claim.vchannel());
    if (vchannel == null) {
      throw new SagittaException(
          ErrorCode.COLLECTION_NOT_FOUND,
          "collection not found: its vchannel was dropped: vchannel=" + claim.vchannel());
    }
    CatalogChange change =
        new CatalogChange.VchannelClaimed(
            claim.vchannel(), claim.nodeId(), vchannel.ownerEpoch() + 1);
    claimed.set(snapshot.apply(change).vchannels().get(claim.vchannel()));
    return List.of(change);
  }

  private byte[] answerFlush(byte[] request, Deadline deadline) {
    CatalogChange.VchannelFlushed flush =
        LeaderMessages.decode(request, CatalogChange.VchannelFlushed.class);
    try {
      var _ =
          DeadlineWait.result(
              journal.commit(snapshot -> FlushRules.changes(snapshot, flush, removedAsGarbage)),
              deadline,
              FLUSH);
      return LeaderMessages.encode(new FlushAnswer(Optional.empty()));
    } catch (OwnershipLostException e) {
      return LeaderMessages.encode(new FlushAnswer(Optional.of(e.getMessage())));
    }
  }

  private record Claim(String vchannel, String nodeId) {}

  private record FlushAnswer(Optional<String> ownershipLost) {}
}
