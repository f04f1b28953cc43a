package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

/** Another name of a collection, unique with the collections' names inside a database. */
public record AliasDescriptor(long databaseId, String alias, long collectionId) {
  public AliasDescriptor {
    requireNonNull(alias, "alias is null");
  }
}
