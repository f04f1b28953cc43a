package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.require;

/** Databases. */
final class DatabaseTransitions {
  private DatabaseTransitions() {}

  static CatalogSnapshot create(CatalogSnapshot snapshot, CatalogChange.DatabaseCreated change) {
    DatabaseDescriptor database = change.database();
    require(!snapshot.databases().containsKey(database.id()), "database id is taken", change);
    require(snapshot.database(database.name()).isEmpty(), "database name is taken", change);
    return snapshot.withDatabases(MapCopies.with(snapshot.databases(), database.id(), database));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.DatabaseDropped change) {
    long databaseId = change.databaseId();
    require(snapshot.databases().containsKey(databaseId), "database does not exist", change);
    require(databaseId != DatabaseDescriptor.DEFAULT_ID, "database is the default one", change);
    require(
        snapshot.collections().values().stream()
            .noneMatch(collection -> collection.databaseId() == databaseId),
        "database holds collections",
        change);
    return snapshot.withDatabases(MapCopies.without(snapshot.databases(), databaseId));
  }

  static CatalogSnapshot setProperties(
      CatalogSnapshot snapshot, CatalogChange.DatabasePropertiesSet change) {
    DatabaseDescriptor database = snapshot.databases().get(change.databaseId());
    require(database != null, "database does not exist", change);
    DatabaseDescriptor changed =
        new DatabaseDescriptor(
            database.id(),
            database.name(),
            database.createdTimestamp(),
            MapCopies.merged(database.properties(), change.properties(), change.removedKeys()));
    return snapshot.withDatabases(MapCopies.with(snapshot.databases(), changed.id(), changed));
  }
}
