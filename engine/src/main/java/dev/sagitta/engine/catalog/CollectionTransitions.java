package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collections, with what they own. */
final class CollectionTransitions {
  private CollectionTransitions() {}

  static CatalogSnapshot create(CatalogSnapshot snapshot, CatalogChange.CollectionCreated change) {
    CollectionDescriptor created = change.collection();
    require(!snapshot.collections().containsKey(created.id()), "collection id is taken", change);
    requireFreeName(snapshot, created.databaseId(), created.name(), change);
    List<String> names = change.vchannels().stream().map(VchannelDescriptor::name).toList();
    require(names.equals(created.vchannels()), "vchannels differ from the collection's", change);
    Map<String, VchannelDescriptor> vchannels = new HashMap<>(snapshot.vchannels());
    for (VchannelDescriptor vchannel : change.vchannels()) {
      require(vchannel.collectionId() == created.id(), "vchannel is of another one", change);
      require(vchannels.put(vchannel.name(), vchannel) == null, "vchannel is taken", change);
    }
    return snapshot
        .withCollections(MapCopies.with(snapshot.collections(), created.id(), created))
        .withVchannels(Collections.unmodifiableMap(vchannels));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.CollectionDropped change) {
    CollectionDescriptor dropped = collection(snapshot, change.collectionId(), change);
    Map<String, VchannelDescriptor> vchannels = new HashMap<>(snapshot.vchannels());
    dropped.vchannels().forEach(vchannels::remove);
    List<AliasDescriptor> aliases =
        snapshot.aliases().stream().filter(alias -> alias.collectionId() != dropped.id()).toList();
    return snapshot
        .withCollections(MapCopies.without(snapshot.collections(), dropped.id()))
        .withVchannels(Collections.unmodifiableMap(vchannels))
        .withAliases(aliases)
        .withSegments(MapCopies.without(snapshot.segments(), dropped.id()));
  }

  static CatalogSnapshot rename(CatalogSnapshot snapshot, CatalogChange.CollectionRenamed change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    requireFreeName(snapshot, change.newDatabaseId(), change.newName(), change);
    require(
        collection.databaseId() == change.newDatabaseId()
            || snapshot.aliases().stream()
                .noneMatch(alias -> alias.collectionId() == collection.id()),
        "collection with aliases cannot move to another database",
        change);
    return snapshot.withCollection(
        collection.withName(change.newDatabaseId(), change.newName(), change.timestamp()));
  }

  static CatalogSnapshot setProperties(
      CatalogSnapshot snapshot, CatalogChange.CollectionPropertiesSet change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    return snapshot.withCollection(
        collection.withProperties(
            MapCopies.merged(collection.properties(), change.properties(), change.removedKeys()),
            change.timestamp()));
  }

  static CatalogSnapshot setConsistencyLevel(
      CatalogSnapshot snapshot, CatalogChange.ConsistencyLevelSet change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    return snapshot.withCollection(
        collection.withConsistencyLevel(change.level(), change.timestamp()));
  }

  static CatalogSnapshot changeLoad(CatalogSnapshot snapshot, CatalogChange.LoadChanged change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    require(
        collection.partitionIds().containsAll(change.loadedPartitions()),
        "loaded partition does not exist",
        change);
    return snapshot.withCollection(
        change.loaded()
            ? collection.withLoad(true, collection.partitionIds())
            : collection.withLoad(false, change.loadedPartitions()));
  }

  private static void requireFreeName(
      CatalogSnapshot snapshot, long databaseId, String name, CatalogChange change) {
    require(snapshot.databases().containsKey(databaseId), "database does not exist", change);
    require(snapshot.collection(databaseId, name).isEmpty(), "name is taken", change);
  }
}
