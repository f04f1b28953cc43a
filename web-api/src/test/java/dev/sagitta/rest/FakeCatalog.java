package dev.sagitta.rest;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.AliasDescriptor;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A catalog in memory that tests change directly. */
public final class FakeCatalog implements CatalogFollower {
  private CatalogSnapshot snapshot = CatalogSnapshot.empty();

  @Override
  public synchronized CatalogSnapshot current() {
    return snapshot;
  }

  @Override
  public CatalogSnapshot awaitVersion(long version, Deadline deadline) {
    return current();
  }

  @Override
  public void addListener(Consumer<CatalogSnapshot> listener) {}

  @Override
  public void removeListener(Consumer<CatalogSnapshot> listener) {}

  synchronized void put(CollectionDescriptor collection) {
    Map<Long, CollectionDescriptor> collections = new TreeMap<>(snapshot.collections());
    collections.put(collection.id(), collection);
    replace(snapshot.databases(), collections, snapshot.aliases(), snapshot.segments());
  }

  synchronized void removeCollection(long id) {
    Map<Long, CollectionDescriptor> collections = new TreeMap<>(snapshot.collections());
    collections.remove(id);
    replace(snapshot.databases(), collections, snapshot.aliases(), snapshot.segments());
  }

  synchronized void put(DatabaseDescriptor database) {
    Map<Long, DatabaseDescriptor> databases = new TreeMap<>(snapshot.databases());
    databases.put(database.id(), database);
    replace(databases, snapshot.collections(), snapshot.aliases(), snapshot.segments());
  }

  synchronized void putAliases(List<AliasDescriptor> aliases) {
    replace(snapshot.databases(), snapshot.collections(), aliases, snapshot.segments());
  }

  synchronized void put(SegmentDescriptor segment) {
    Map<Long, Map<Long, SegmentDescriptor>> segments = new TreeMap<>(snapshot.segments());
    Map<Long, SegmentDescriptor> ofCollection =
        new TreeMap<>(snapshot.segmentsOf(segment.collectionId()));
    ofCollection.put(segment.id(), segment);
    segments.put(segment.collectionId(), ofCollection);
    replace(snapshot.databases(), snapshot.collections(), snapshot.aliases(), segments);
  }

  private void replace(
      Map<Long, DatabaseDescriptor> databases,
      Map<Long, CollectionDescriptor> collections,
      List<AliasDescriptor> aliases,
      Map<Long, Map<Long, SegmentDescriptor>> segments) {
    snapshot =
        new CatalogSnapshot(
            snapshot.version() + 1,
            1,
            Optional.of("node-1"),
            0,
            databases,
            collections,
            aliases,
            Map.of(),
            segments);
  }
}
