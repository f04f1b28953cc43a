package dev.sagitta.engine.catalog;

/** The state machine: what each change does to a snapshot. */
final class CatalogTransitions {
  private CatalogTransitions() {}

  static CatalogSnapshot apply(CatalogSnapshot snapshot, CatalogChange change) {
    if (change instanceof CatalogChange.EpochStarted started) {
      throw new CatalogConflictException("change not applicable: change=" + started);
    }
    return snapshot;
  }
}
