package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All metadata at one moment, immutable.
 *
 * @param version number of the last change object applied; 0 before the first
 * @param epoch number of the current leadership
 * @param leaderNodeId node that leads, empty before the first epoch
 * @param timestampBound no timestamp at or above this was handed out
 * @param segments by collection id, then by segment id
 */
public record CatalogSnapshot(
    long version,
    long epoch,
    Optional<String> leaderNodeId,
    long timestampBound,
    Map<Long, DatabaseDescriptor> databases,
    Map<Long, CollectionDescriptor> collections,
    List<AliasDescriptor> aliases,
    Map<String, VchannelDescriptor> vchannels,
    Map<Long, Map<Long, SegmentDescriptor>> segments) {
  public CatalogSnapshot {
    requireNonNull(leaderNodeId, "leaderNodeId is null");
    requireNonNull(databases, "databases is null");
    requireNonNull(collections, "collections is null");
    requireNonNull(aliases, "aliases is null");
    requireNonNull(vchannels, "vchannels is null");
    requireNonNull(segments, "segments is null");
  }

  /** The catalog before any change: nothing but the default database. */
  public static CatalogSnapshot empty() {
    DatabaseDescriptor defaultDatabase =
        new DatabaseDescriptor(
            DatabaseDescriptor.DEFAULT_ID, DatabaseDescriptor.DEFAULT_NAME, 0, Map.of());
    return new CatalogSnapshot(
        0,
        0,
        Optional.empty(),
        0,
        Map.of(defaultDatabase.id(), defaultDatabase),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of());
  }

  public Optional<DatabaseDescriptor> database(String name) {
    for (DatabaseDescriptor database : databases.values()) {
      if (database.name().equals(name)) {
        return Optional.of(database);
      }
    }
    return Optional.empty();
  }

  public Optional<CollectionDescriptor> collection(long collectionId) {
    return Optional.ofNullable(collections.get(collectionId));
  }

  /** The collection of this name or alias in the database. */
  public Optional<CollectionDescriptor> collection(long databaseId, String nameOrAlias) {
    for (CollectionDescriptor collection : collections.values()) {
      if (collection.databaseId() == databaseId && collection.name().equals(nameOrAlias)) {
        return Optional.of(collection);
      }
    }
    return alias(databaseId, nameOrAlias).flatMap(alias -> collection(alias.collectionId()));
  }

  public Optional<AliasDescriptor> alias(long databaseId, String name) {
    return aliases.stream()
        .filter(alias -> alias.databaseId() == databaseId && alias.alias().equals(name))
        .findFirst();
  }

  public Optional<VchannelDescriptor> vchannel(String name) {
    return Optional.ofNullable(vchannels.get(name));
  }

  public Map<Long, SegmentDescriptor> segmentsOf(long collectionId) {
    return segments.getOrDefault(collectionId, Map.of());
  }

  /**
   * The snapshot after the change; {@code version} is left as it is (a change object holds several
   * changes).
   *
   * @throws CatalogConflictException if a precondition does not hold
   */
  public CatalogSnapshot apply(CatalogChange change) {
    return CatalogTransitions.apply(this, change);
  }

  public CatalogSnapshot withVersion(long newVersion) {
    return new CatalogSnapshot(
        newVersion,
        epoch,
        leaderNodeId,
        timestampBound,
        databases,
        collections,
        aliases,
        vchannels,
        segments);
  }

  CatalogSnapshot withDatabases(Map<Long, DatabaseDescriptor> newDatabases) {
    return new CatalogSnapshot(
        version,
        epoch,
        leaderNodeId,
        timestampBound,
        newDatabases,
        collections,
        aliases,
        vchannels,
        segments);
  }

  CatalogSnapshot withCollections(Map<Long, CollectionDescriptor> newCollections) {
    return new CatalogSnapshot(
        version,
        epoch,
        leaderNodeId,
        timestampBound,
        databases,
        newCollections,
        aliases,
        vchannels,
        segments);
  }

  CatalogSnapshot withCollection(CollectionDescriptor collection) {
    return withCollections(MapCopies.with(collections, collection.id(), collection));
  }

  CatalogSnapshot withAliases(List<AliasDescriptor> newAliases) {
    return new CatalogSnapshot(
        version,
        epoch,
        leaderNodeId,
        timestampBound,
        databases,
        collections,
        newAliases,
        vchannels,
        segments);
  }

  CatalogSnapshot withVchannels(Map<String, VchannelDescriptor> newVchannels) {
    return new CatalogSnapshot(
        version,
        epoch,
        leaderNodeId,
        timestampBound,
        databases,
        collections,
        aliases,
        newVchannels,
        segments);
  }

  CatalogSnapshot withVchannel(VchannelDescriptor vchannel) {
    return withVchannels(MapCopies.with(vchannels, vchannel.name(), vchannel));
  }

  CatalogSnapshot withSegments(Map<Long, Map<Long, SegmentDescriptor>> newSegments) {
    return new CatalogSnapshot(
        version,
        epoch,
        leaderNodeId,
        timestampBound,
        databases,
        collections,
        aliases,
        vchannels,
        newSegments);
  }

  CatalogSnapshot withSegmentsOf(long collectionId, Map<Long, SegmentDescriptor> newSegments) {
    return withSegments(
        newSegments.isEmpty()
            ? MapCopies.without(segments, collectionId)
            : MapCopies.with(segments, collectionId, newSegments));
  }
}
