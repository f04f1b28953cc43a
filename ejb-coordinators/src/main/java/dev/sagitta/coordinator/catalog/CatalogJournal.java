package dev.sagitta.coordinator.catalog;

import static java.lang.System.Logger.Level.INFO;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogLogEntry;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Commits changes to the catalog while this node leads.
 *
 * <p>An entry is written under the number after the last known one, if no one was faster. Whoever
 * loses reads the winner's entry, applies it and decides again, so no two nodes can commit on
 * different histories; and since a new leader begins with an entry that raises the epoch, an old
 * one meets that entry before it can commit anything more, and stops.
 *
 * <p>All proposals that wait when a commit begins go into one entry. Each is decided on the
 * snapshot with those before it applied; one that is refused fails alone. Outcomes are told when
 * the entry is durable, refusals too, because they may depend on its changes.
 */
public final class CatalogJournal {
  private static final System.Logger LOG = System.getLogger(CatalogJournal.class.getName());
  private static final int LARGEST_GROUP = 256;
  private static final int LONGEST_QUEUE = 16_384;
  private static final int MOST_LOST_RACES = 64;

  /**
   * Old entries are removed only when much older than this. A node that has not seen the end of the
   * log for longer looks for snapshots first: the number it would write might have been used and
   * removed.
   */
  private static final Duration LONGEST_TIP_AGE = Duration.ofMinutes(1);

  private final String nodeId;
  private final CatalogObjects objects;
  private final CatalogReplica replica;
  private final Executor executor;
  private final Supplier<String> creationIds;
  private final Queue<PendingProposal> waiting = new ArrayDeque<>();
  private boolean committing;
  private volatile long term;

  /**
   * @param executor runs the commits, one at a time
   * @param creationIds random text, never the same twice
   */
  CatalogJournal(
      String nodeId,
      CatalogObjects objects,
      CatalogReplica replica,
      Executor executor,
      Supplier<String> creationIds) {
    this.nodeId = requireNonNull(nodeId, "nodeId is null");
    this.objects = requireNonNull(objects, "objects is null");
    this.replica = requireNonNull(replica, "replica is null");
    this.executor = requireNonNull(executor, "executor is null");
    this.creationIds = requireNonNull(creationIds, "creationIds is null");
  }

  /** The epoch in which this node leads, as far as it knows. */
  public OptionalLong leadingEpoch() {
    long epoch = term;
    return epoch != 0 && replica.current().epoch() == epoch
        ? OptionalLong.of(epoch)
        : OptionalLong.empty();
  }

  /**
   * Commits what the proposal wants. The future gives a snapshot that shows its effect, or fails
   * with what the proposal threw, {@link NotLeaderException}, {@link
   * dev.sagitta.engine.catalog.CatalogConflictException}, {@link CommitOutcomeUnknownException} or
   * a SagittaException of code STORAGE_FAILED (nothing changed) or REQUEST_LIMIT_EXCEEDED.
   */
  public CompletableFuture<CatalogSnapshot> commit(CatalogProposal proposal) {
    return enqueue(new PendingProposal(requireNonNull(proposal, "proposal is null"), false));
  }

  /**
   * Makes this node the leader by starting the epoch after {@code expectedEpoch}; fails with {@link
   * NotLeaderException} when another one was started meanwhile.
   */
  public CompletableFuture<CatalogSnapshot> startEpoch(long expectedEpoch) {
    CatalogProposal start =
        snapshot -> {
          if (snapshot.epoch() != expectedEpoch) {
            throw new NotLeaderException(
                "epoch was started by another node: expected="
                    + expectedEpoch
                    + " actual="
                    + snapshot.epoch());
          }
          return List.of(new CatalogChange.EpochStarted(expectedEpoch + 1, nodeId));
        };
    return enqueue(new PendingProposal(start, true));
  }

  /** Commits no more until an epoch is started again. */
  public void stepDown() {
    term = 0;
  }

  private CompletableFuture<CatalogSnapshot> enqueue(PendingProposal proposal) {
    synchronized (waiting) {
      if (waiting.size() >= LONGEST_QUEUE) {
        proposal.fail(
            new SagittaException(
                ErrorCode.REQUEST_LIMIT_EXCEEDED,
                "too many catalog changes wait: limit=" + LONGEST_QUEUE));
        return proposal.future();
      }
      waiting.add(proposal);
      if (committing) {
        return proposal.future();
      }
      committing = true;
    }
    try {
      executor.execute(this::commitWaiting);
    } catch (RuntimeException e) {
      abandonWaiting(e);
    }
    return proposal.future();
  }

  private void abandonWaiting(RuntimeException cause) {
    List<PendingProposal> abandoned;
    synchronized (waiting) {
      committing = false;
      abandoned = List.copyOf(waiting);
      waiting.clear();
    }
    abandoned.forEach(
        proposal ->
            proposal.fail(
                new SagittaException(
                    ErrorCode.SERVICE_NOT_READY, "catalog commits have stopped", cause)));
  }

  private void commitWaiting() {
    List<PendingProposal> group = nextGroup();
    while (!group.isEmpty()) {
      try {
        commitGroup(group);
      } catch (RuntimeException e) {
        group.forEach(proposal -> proposal.fail(e));
      }
      group = nextGroup();
    }
  }

  /** The next proposals to commit together, in order; an epoch's start goes alone. */
  private List<PendingProposal> nextGroup() {
    List<PendingProposal> group = new ArrayList<>();
    synchronized (waiting) {
      while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
        if (waiting.peek().startsEpoch() && !group.isEmpty()) {
          break;
        }
        PendingProposal next = waiting.remove();
        group.add(next);
        if (next.startsEpoch()) {
          break;
        }
      }
      committing = !group.isEmpty();
    }
    return group;
  }

  private void commitGroup(List<PendingProposal> group) {
    boolean startsEpoch = group.getFirst().startsEpoch();
    for (int lostRaces = 0; lostRaces < MOST_LOST_RACES; lostRaces++) {
      if (!replica.wasAtTipWithin(LONGEST_TIP_AGE)) {
        replica.catchUpFromSnapshot();
      }
      CatalogSnapshot base = replica.current();
      if (!startsEpoch) {
        requireLeading(base);
      }
      List<CatalogChange> changes = decide(group, base);
      if (changes.isEmpty()) {
        if (!replica.catchUp()) {
          deliver(group, base);
          return;
        }
        continue;
      }
      if (write(base, changes, startsEpoch)) {
        deliver(group, replica.current());
        return;
      }
      replica.catchUp();
    }
    throw new SagittaException(
        ErrorCode.SERVICE_NOT_READY,
        "catalog commit lost too many races: races=" + MOST_LOST_RACES);
  }

  private boolean write(CatalogSnapshot base, List<CatalogChange> changes, boolean startsEpoch) {
    long epoch = startsEpoch ? base.epoch() + 1 : base.epoch();
    CatalogLogEntry entry =
        new CatalogLogEntry(base.version() + 1, epoch, creationIds.get(), changes);
    if (!objects.write(entry)) {
      return false;
    }
    replica.append(entry);
    if (startsEpoch) {
      term = epoch;
      LOG.log(INFO, "epoch started: epoch={0} version={1}", epoch, entry.number());
    }
    return true;
  }

  private void requireLeading(CatalogSnapshot base) {
    if (term == 0 || base.epoch() != term) {
      throw new NotLeaderException(
          "node does not lead: node="
              + nodeId
              + " epoch="
              + term
              + " current="
              + base.epoch()
              + " leader="
              + base.leaderNodeId().orElse("none"));
    }
  }

  private static List<CatalogChange> decide(List<PendingProposal> group, CatalogSnapshot base) {
    CatalogSnapshot tentative = base;
    List<CatalogChange> all = new ArrayList<>();
    for (PendingProposal proposal : group) {
      tentative = proposal.decide(tentative, all);
    }
    return all;
  }

  private static void deliver(List<PendingProposal> group, CatalogSnapshot snapshot) {
    group.forEach(proposal -> proposal.deliver(snapshot));
  }
}
