package dev.sagitta.coordinator.catalog;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import java.util.List;

/** What someone wants to change, decided anew on each snapshot that it might be applied to. */
@FunctionalInterface
public interface CatalogProposal {
  /**
   * The changes to commit; none if the snapshot shows the wanted effect already. An exception
   * refuses the proposal and reaches its caller. May be called several times, one call at a time,
   * until a commit succeeds; has no effect of its own.
   */
  List<CatalogChange> changes(CatalogSnapshot snapshot);
}
