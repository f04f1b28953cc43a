package dev.sagitta.coordinator.catalog;

import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.time.Deadline;
import java.util.function.Consumer;

/** This node's view of the catalog, followed change by change. */
public interface CatalogFollower {
  /** The newest snapshot this node knows; never blocks. */
  CatalogSnapshot current();

  /**
   * Waits until this node knows at least the version, reading the store if need be.
   *
   * @throws dev.sagitta.engine.error.SagittaException code TIMEOUT when the deadline passes
   */
  CatalogSnapshot awaitVersion(long version, Deadline deadline);

  /** Called after every new snapshot, one call at a time, in order; must return quickly. */
  void addListener(Consumer<CatalogSnapshot> listener);

  void removeListener(Consumer<CatalogSnapshot> listener);
}
