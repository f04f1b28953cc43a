package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.time.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A collection and what belongs to it but its segments.
 *
 * @param name current name
 * @param vchannels one per shard, in shard order
 * @param loaded whether the whole collection is to be served, later partitions included
 * @param loadedPartitions partitions to be served (all of them when {@code loaded})
 * @param truncatedTimestamp rows written at or before it are gone; 0 if never truncated
 */
public record CollectionDescriptor(
    long id,
    long databaseId,
    String name,
    CollectionSchema schema,
    List<String> vchannels,
    ConsistencyLevel consistencyLevel,
    Map<String, String> properties,
    List<PartitionDescriptor> partitions,
    List<IndexDescriptor> indexes,
    boolean loaded,
    Set<Long> loadedPartitions,
    long createdTimestamp,
    long updatedTimestamp,
    long truncatedTimestamp) {
  /** The property that makes rows expire: their time to live in seconds. */
  public static final String TTL_PROPERTY = "collection.ttl.seconds";

  @JsonCreator
  public CollectionDescriptor {
    requireNonNull(name, "name is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(consistencyLevel, "consistencyLevel is null");
    vchannels = List.copyOf(vchannels);
    properties = Map.copyOf(properties);
    partitions = List.copyOf(partitions);
    indexes = List.copyOf(indexes);
    loadedPartitions = Set.copyOf(loadedPartitions);
  }

  /** A collection that was never truncated. */
  public CollectionDescriptor(
      long id,
      long databaseId,
      String name,
      CollectionSchema schema,
      List<String> vchannels,
      ConsistencyLevel consistencyLevel,
      Map<String, String> properties,
      List<PartitionDescriptor> partitions,
      List<IndexDescriptor> indexes,
      boolean loaded,
      Set<Long> loadedPartitions,
      long createdTimestamp,
      long updatedTimestamp) {
    this(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        updatedTimestamp,
        0);
  }

  public Optional<PartitionDescriptor> partition(String partitionName) {
    return partitions.stream()
        .filter(partition -> partition.name().equals(partitionName))
        .findFirst();
  }

  public Optional<PartitionDescriptor> partition(long partitionId) {
    return partitions.stream().filter(partition -> partition.id() == partitionId).findFirst();
  }

  /** The indexes that clients see: those that they created. */
  @JsonIgnore
  public List<IndexDescriptor> chosenIndexes() {
    return indexes.stream().filter(index -> !index.isImplied()).toList();
  }

  /** An index that clients see. */
  public Optional<IndexDescriptor> index(String indexName) {
    return chosenIndexes().stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  /** The first index that clients see of the field. */
  public Optional<IndexDescriptor> indexOfField(long fieldId) {
    return chosenIndexes().stream().filter(index -> index.fieldId() == fieldId).findFirst();
  }

  Set<Long> partitionIds() {
    return partitions.stream().map(PartitionDescriptor::id).collect(Collectors.toUnmodifiableSet());
  }

  CollectionDescriptor withName(long newDatabaseId, String newName, long timestamp) {
    return new CollectionDescriptor(
        id,
        newDatabaseId,
        newName,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        timestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withProperties(Map<String, String> newProperties, long timestamp) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        newProperties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        timestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withSchema(CollectionSchema newSchema, long timestamp) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        newSchema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        timestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withConsistencyLevel(ConsistencyLevel newLevel, long timestamp) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        newLevel,
        properties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        timestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withTruncation(long timestamp) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        indexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        updatedTimestamp,
        timestamp);
  }

  CollectionDescriptor withLoad(boolean newLoaded, Set<Long> newLoadedPartitions) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        indexes,
        newLoaded,
        newLoadedPartitions,
        createdTimestamp,
        updatedTimestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withPartitions(
      List<PartitionDescriptor> newPartitions, Set<Long> newLoadedPartitions) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        newPartitions,
        indexes,
        loaded,
        newLoadedPartitions,
        createdTimestamp,
        updatedTimestamp,
        truncatedTimestamp);
  }

  CollectionDescriptor withIndexes(List<IndexDescriptor> newIndexes) {
    return new CollectionDescriptor(
        id,
        databaseId,
        name,
        schema,
        vchannels,
        consistencyLevel,
        properties,
        partitions,
        newIndexes,
        loaded,
        loadedPartitions,
        createdTimestamp,
        updatedTimestamp,
        truncatedTimestamp);
  }

  /**
   * The timestamp up to which rows count no more: those that were truncated, and those that are
   * older than the collection's time to live. {@link Long#MIN_VALUE} if all rows count.
   *
   * @param nowMillis milliseconds since 1970
   */
  public long expiredUntil(long nowMillis) {
    long expired = truncatedTimestamp == 0 ? Long.MIN_VALUE : truncatedTimestamp;
    long ttlSeconds = ttlSeconds();
    return ttlSeconds <= 0 || ttlSeconds >= nowMillis / 1000
        ? expired
        : Math.max(expired, Timestamps.compose(nowMillis - 1000 * ttlSeconds, 0));
  }

  /** Seconds that a row lives; 0 or less means for ever. */
  private long ttlSeconds() {
    String text = properties.get(TTL_PROPERTY);
    if (text == null) {
      return 0;
    }
    try {
      return Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      // Not checked by the release that stored it.
      return 0;
    }
  }

  public boolean isServed(long partitionId) {
    return loaded || loadedPartitions.contains(partitionId);
  }
}
