package dev.sagitta.engine.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sagitta.engine.schema.CollectionSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of the catalog's state machine. {@link CatalogSnapshot#apply} checks preconditions and
 * gives the next snapshot; the names below are what is stored and never change meaning.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CatalogChange.EpochStarted.class, name = "epoch-started"),
  @JsonSubTypes.Type(
      value = CatalogChange.TimestampBoundRaised.class,
      name = "timestamp-bound-raised"),
  @JsonSubTypes.Type(value = CatalogChange.DatabaseCreated.class, name = "database-created"),
  @JsonSubTypes.Type(value = CatalogChange.DatabaseDropped.class, name = "database-dropped"),
  @JsonSubTypes.Type(
      value = CatalogChange.DatabasePropertiesSet.class,
      name = "database-properties-set"),
  @JsonSubTypes.Type(value = CatalogChange.CollectionCreated.class, name = "collection-created"),
  @JsonSubTypes.Type(value = CatalogChange.CollectionDropped.class, name = "collection-dropped"),
  @JsonSubTypes.Type(value = CatalogChange.CollectionRenamed.class, name = "collection-renamed"),
  @JsonSubTypes.Type(
      value = CatalogChange.CollectionPropertiesSet.class,
      name = "collection-properties-set"),
  @JsonSubTypes.Type(value = CatalogChange.SchemaChanged.class, name = "schema-changed"),
  @JsonSubTypes.Type(
      value = CatalogChange.ConsistencyLevelSet.class,
      name = "consistency-level-set"),
  @JsonSubTypes.Type(
      value = CatalogChange.CollectionTruncated.class,
      name = "collection-truncated"),
  @JsonSubTypes.Type(value = CatalogChange.LoadChanged.class, name = "load-changed"),
  @JsonSubTypes.Type(value = CatalogChange.PartitionCreated.class, name = "partition-created"),
  @JsonSubTypes.Type(value = CatalogChange.PartitionDropped.class, name = "partition-dropped"),
  @JsonSubTypes.Type(value = CatalogChange.AliasSet.class, name = "alias-set"),
  @JsonSubTypes.Type(value = CatalogChange.AliasDropped.class, name = "alias-dropped"),
  @JsonSubTypes.Type(value = CatalogChange.IndexCreated.class, name = "index-created"),
  @JsonSubTypes.Type(value = CatalogChange.IndexDropped.class, name = "index-dropped"),
  @JsonSubTypes.Type(value = CatalogChange.IndexPropertiesSet.class, name = "index-properties-set"),
  @JsonSubTypes.Type(value = CatalogChange.VchannelClaimed.class, name = "vchannel-claimed"),
  @JsonSubTypes.Type(value = CatalogChange.VchannelFlushed.class, name = "vchannel-flushed"),
  @JsonSubTypes.Type(value = CatalogChange.SegmentIndexed.class, name = "segment-indexed"),
  @JsonSubTypes.Type(value = CatalogChange.SegmentsDropped.class, name = "segments-dropped"),
})
public sealed interface CatalogChange {
  /** A node becomes leader; refused unless {@code epoch} is the next one. */
  record EpochStarted(long epoch, String nodeId) implements CatalogChange {}

  /** The oracle may hand out timestamps below {@code bound}; refused if not larger than before. */
  record TimestampBoundRaised(long bound) implements CatalogChange {}

  /** Refused if id or name is taken. */
  record DatabaseCreated(DatabaseDescriptor database) implements CatalogChange {}

  /** Refused if the database is absent, the default one, or holds collections. */
  record DatabaseDropped(long databaseId) implements CatalogChange {}

  /** Adds or replaces properties; {@code removedKeys} go. Refused if the database is absent. */
  record DatabasePropertiesSet(
      long databaseId, Map<String, String> properties, Set<String> removedKeys)
      implements CatalogChange {}

  /** Creates the collection and its vchannels; refused if id, name or a vchannel is taken. */
  record CollectionCreated(CollectionDescriptor collection, List<VchannelDescriptor> vchannels)
      implements CatalogChange {}

  /** Removes the collection, its vchannels, aliases and segments; refused if it is absent. */
  record CollectionDropped(long collectionId) implements CatalogChange {}

  /**
   * Gives the collection another name, or moves it to another database; refused if the name is
   * taken there, or if it moves and has aliases.
   */
  record CollectionRenamed(long collectionId, long newDatabaseId, String newName, long timestamp)
      implements CatalogChange {}

  /** Adds or replaces properties; {@code removedKeys} go. */
  record CollectionPropertiesSet(
      long collectionId, Map<String, String> properties, Set<String> removedKeys, long timestamp)
      implements CatalogChange {}

  /**
   * Gives the collection another schema: with more fields, or with other parameters of fields.
   * Refused if a field is gone or has another name, type, element type or role, or if a new field's
   * id is not above all ids before.
   */
  record SchemaChanged(long collectionId, CollectionSchema schema, long timestamp)
      implements CatalogChange {}

  /** Sets the level of reads that ask for none. */
  record ConsistencyLevelSet(long collectionId, ConsistencyLevel level, long timestamp)
      implements CatalogChange {}

  /**
   * Removes all rows that were written at or before the timestamp: sealed segments without later
   * rows at once; in the others, and in records of the log, readers leave them out. Refused if the
   * timestamp is not above the one of the last truncation.
   */
  record CollectionTruncated(long collectionId, long timestamp) implements CatalogChange {}

  /**
   * Sets what of the collection is to be served; {@code loadedPartitions} does not matter when
   * {@code loaded}. Refused if a partition is absent.
   */
  record LoadChanged(long collectionId, boolean loaded, Set<Long> loadedPartitions)
      implements CatalogChange {}

  /** Refused if id or name is taken; served at once when the collection is loaded. */
  record PartitionCreated(long collectionId, PartitionDescriptor partition)
      implements CatalogChange {}

  /** Removes the partition and its segments; refused if it is absent. */
  record PartitionDropped(long collectionId, long partitionId) implements CatalogChange {}

  /**
   * Creates the alias or points it to another collection of the same database; refused if a
   * collection has this name.
   */
  record AliasSet(AliasDescriptor alias) implements CatalogChange {}

  /** Refused if the alias is absent. */
  record AliasDropped(long databaseId, String alias) implements CatalogChange {}

  /** Refused if id or name is taken, or the field is absent or has an index. */
  record IndexCreated(long collectionId, IndexDescriptor index) implements CatalogChange {}

  /** Removes the index and what was built of it; refused if it is absent. */
  record IndexDropped(long collectionId, long indexId) implements CatalogChange {}

  /**
   * Adds or replaces what the index shows as its parameters; {@code removedKeys} go. What is built
   * does not change. Refused if the index is absent.
   */
  record IndexPropertiesSet(
      long collectionId, long indexId, Map<String, String> properties, Set<String> removedKeys)
      implements CatalogChange {}

  /**
   * A node begins to apply a vchannel; refused unless {@code ownerEpoch} is the next one. Segments
   * that the previous owner left GROWING become SEALED with what was flushed; those without any
   * chunk are removed.
   */
  record VchannelClaimed(String vchannel, String nodeId, long ownerEpoch)
      implements CatalogChange {}

  /**
   * Rows and deletes of a prefix of the log became durable; refused if {@code ownerEpoch} is not
   * the vchannel's. All of it happens, or nothing.
   */
  record VchannelFlushed(
      String vchannel,
      long ownerEpoch,
      Map<String, Long> checkpoint,
      List<FlushedChunk> chunks,
      List<FlushedDelta> deltas,
      Set<Long> sealedSegments)
      implements CatalogChange {}

  /**
   * A chunk added to a segment, which is created GROWING if it is not there yet; ignored if the
   * partition is gone (its rows went with it). The flush is refused if the chunk's number is not
   * the segment's next, or the segment is sealed or of another vchannel.
   */
  record FlushedChunk(long segmentId, long partitionId, ChunkDescriptor chunk) {}

  /** Deletes added to a segment; ignored if the segment is gone (its rows went with it). */
  record FlushedDelta(long segmentId, DeltaDescriptor delta) {}

  /** A build ended; ignored if segment or index is gone or already has a result. */
  record SegmentIndexed(long collectionId, long segmentId, SegmentIndexDescriptor index)
      implements CatalogChange {}

  /** Removes segments; those that are gone are ignored, an absent collection is refused. */
  record SegmentsDropped(long collectionId, Set<Long> segmentIds) implements CatalogChange {}
}
