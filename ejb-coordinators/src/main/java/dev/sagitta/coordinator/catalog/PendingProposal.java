package dev.sagitta.coordinator.catalog;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A proposal on its way through the journal, with the outcome of its last decision. */
final class PendingProposal {
  private final CatalogProposal proposal;
  private final boolean startsEpoch;
  private final CompletableFuture<CatalogSnapshot> future = new CompletableFuture<>();
  private Optional<RuntimeException> refusal = Optional.empty();

  PendingProposal(CatalogProposal proposal, boolean startsEpoch) {
    this.proposal = requireNonNull(proposal, "proposal is null");
    this.startsEpoch = startsEpoch;
  }

  boolean startsEpoch() {
    return startsEpoch;
  }

  CompletableFuture<CatalogSnapshot> future() {
    return future;
  }

  /** The proposal's changes, all applicable to the snapshot; none when it is refused. */
  List<CatalogChange> decide(CatalogSnapshot snapshot) {
    try {
      List<CatalogChange> changes = List.copyOf(proposal.changes(snapshot));
      CatalogSnapshot next = snapshot;
      for (CatalogChange change : changes) {
        next = next.apply(change);
      }
      refusal = Optional.empty();
      return changes;
    } catch (RuntimeException e) {
      refusal = Optional.of(e);
      return List.of();
    }
  }

  /** Tells the caller the outcome of the last decision. */
  void deliver(CatalogSnapshot snapshot) {
    if (refusal.isPresent()) {
      fail(refusal.get());
    } else {
      future.complete(snapshot);
    }
  }

  void fail(RuntimeException reason) {
    future.completeExceptionally(reason);
  }
}
