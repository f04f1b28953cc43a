package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One numbered change object: the changes that were committed together.
 *
 * @param number version of the catalog after it; one more than the version before
 * @param epoch leadership that committed it; an entry that starts an epoch carries the new one
 * @param creationId random; tells a writer whether the object under this number is its own
 * @param changes in the order of their application, at least one
 */
public record CatalogLogEntry(
    long number, long epoch, String creationId, List<CatalogChange> changes) {
  public CatalogLogEntry {
    if (number < 1) {
      throw new IllegalArgumentException("number must be positive: number=" + number);
    }
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be positive: epoch=" + epoch);
    }
    requireNonNull(creationId, "creationId is null");
    changes = List.copyOf(requireNonNull(changes, "changes is null"));
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("entry has no changes: number=" + number);
    }
  }

  /**
   * The snapshot after this entry.
   *
   * @throws CatalogConflictException if it is not the entry that follows the snapshot, or was not
   *     written by the snapshot's leadership or the one that follows it
   */
  public CatalogSnapshot applyTo(CatalogSnapshot snapshot) {
    if (number != snapshot.version() + 1) {
      throw new CatalogConflictException(
          "entry does not follow: entry=" + number + " version=" + snapshot.version());
    }
    CatalogSnapshot result = snapshot;
    for (CatalogChange change : changes) {
      result = result.apply(change);
    }
    if (result.epoch() != epoch) {
      throw new CatalogConflictException(
          "entry of another epoch: entry="
              + number
              + " epoch="
              + epoch
              + " expected="
              + result.epoch());
    }
    return result.withVersion(number);
  }
}
