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

  /** The snapshot with the proposal's changes, which are added to {@code all}; or as it was. */
  CatalogSnapshot decide(CatalogSnapshot snapshot, List<CatalogChange> all) {
    try {
      List<CatalogChange> changes = List.copyOf(proposal.changes(snapshot));
      CatalogSnapshot next = snapshot;
      for (CatalogChange change : changes) {
        next = next.apply(change);
      }
      all.addAll(changes);
      refusal = Optional.empty();
      return next;
    } catch (RuntimeException e) {
      refusal = Optional.of(e);
      return snapshot;
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
