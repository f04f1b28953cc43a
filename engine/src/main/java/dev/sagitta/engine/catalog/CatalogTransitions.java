package dev.sagitta.engine.catalog;

/** The state machine: what each change does to a snapshot. */
final class CatalogTransitions {
  private CatalogTransitions() {}

  static CatalogSnapshot apply(CatalogSnapshot snapshot, CatalogChange change) {
    return switch (change) {
      case CatalogChange.EpochStarted started -> LeadershipTransitions.start(snapshot, started);
      case CatalogChange.TimestampBoundRaised raised ->
          LeadershipTransitions.raise(snapshot, raised);
      case CatalogChange.DatabaseCreated created -> DatabaseTransitions.create(snapshot, created);
      case CatalogChange.DatabaseDropped dropped -> DatabaseTransitions.drop(snapshot, dropped);
      case CatalogChange.CollectionCreated created ->
          CollectionTransitions.create(snapshot, created);
      case CatalogChange.CollectionDropped dropped -> CollectionTransitions.drop(snapshot, dropped);
      case CatalogChange.CollectionRenamed renamed ->
          CollectionTransitions.rename(snapshot, renamed);
      case CatalogChange.CollectionPropertiesSet set ->
          CollectionTransitions.setProperties(snapshot, set);
      case CatalogChange.DatabasePropertiesSet set ->
          DatabaseTransitions.setProperties(snapshot, set);
      case CatalogChange.SchemaChanged changed -> SchemaTransitions.change(snapshot, changed);
      case CatalogChange.ConsistencyLevelSet set ->
          CollectionTransitions.setConsistencyLevel(snapshot, set);
      case CatalogChange.CollectionTruncated truncated ->
          SegmentTransitions.truncate(snapshot, truncated);
      case CatalogChange.IndexPropertiesSet set -> IndexTransitions.setProperties(snapshot, set);
      case CatalogChange.LoadChanged changed -> CollectionTransitions.changeLoad(snapshot, changed);
      case CatalogChange.PartitionCreated created -> PartitionTransitions.create(snapshot, created);
      case CatalogChange.PartitionDropped dropped -> PartitionTransitions.drop(snapshot, dropped);
      case CatalogChange.AliasSet set -> AliasTransitions.set(snapshot, set);
      case CatalogChange.AliasDropped dropped -> AliasTransitions.drop(snapshot, dropped);
      case CatalogChange.IndexCreated created -> IndexTransitions.create(snapshot, created);
      case CatalogChange.IndexDropped dropped -> IndexTransitions.drop(snapshot, dropped);
      case CatalogChange.VchannelClaimed claimed -> VchannelTransitions.claim(snapshot, claimed);
      case CatalogChange.VchannelFlushed flushed -> VchannelTransitions.flush(snapshot, flushed);
      case CatalogChange.SegmentIndexed indexed -> SegmentTransitions.index(snapshot, indexed);
      case CatalogChange.SegmentsDropped dropped -> SegmentTransitions.drop(snapshot, dropped);
    };
  }

  /** Refuses the change unless the precondition holds. */
  static void require(boolean precondition, String rule, CatalogChange change) {
    if (!precondition) {
      throw new CatalogConflictException(rule + ": change=" + change);
    }
  }

  static CollectionDescriptor collection(
      CatalogSnapshot snapshot, long collectionId, CatalogChange change) {
    CollectionDescriptor collection = snapshot.collections().get(collectionId);
    require(collection != null, "collection does not exist", change);
    return collection;
  }
}
