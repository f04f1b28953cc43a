package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.proxy.CollectionNow;
import java.util.List;
import java.util.Optional;

/** Finds out what reads cover, by the newest catalog that this node knows. */
final class ReadScopes {
  private final CatalogFollower catalog;
  private final Freshness freshness;

  ReadScopes(CatalogFollower catalog, Freshness freshness) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.freshness = requireNonNull(freshness, "freshness is null");
  }

  /**
   * The scope of a read that begins now.
   *
   * @param collection the collection as a front end found it, maybe in an older snapshot
   * @param partitions names; empty means all
   * @param consistency the request's level; empty means the collection's
   * @throws SagittaException COLLECTION_NOT_FOUND, COLLECTION_NOT_LOADED, PARTITION_NOT_FOUND,
   *     PARTITION_NOT_LOADED
   */
  ReadScope scope(
      CollectionDescriptor collection,
      List<String> partitions,
      Optional<ConsistencyLevel> consistency) {
    CollectionNow now = CollectionNow.of(catalog, collection);
    return ReadScope.of(now, partitions, freshness.notBeforeNanos(now.descriptor(), consistency));
  }
}
