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
    Copy copy = new Copy(this);
    copy.databaseId = newDatabaseId;
    copy.name = newName;
    copy.updatedTimestamp = timestamp;
    return copy.build();
  }

  CollectionDescriptor withProperties(Map<String, String> newProperties, long timestamp) {
    Copy copy = new Copy(this);
    copy.properties = newProperties;
    copy.updatedTimestamp = timestamp;
    return copy.build();
  }

  CollectionDescriptor withSchema(CollectionSchema newSchema, long timestamp) {
    Copy copy = new Copy(this);
    copy.schema = newSchema;
    copy.updatedTimestamp = timestamp;
    return copy.build();
  }

  CollectionDescriptor withConsistencyLevel(ConsistencyLevel newLevel, long timestamp) {
    Copy copy = new Copy(this);
    copy.consistencyLevel = newLevel;
    copy.updatedTimestamp = timestamp;
    return copy.build();
  }

  CollectionDescriptor withTruncation(long timestamp) {
    Copy copy = new Copy(this);
    copy.truncatedTimestamp = timestamp;
    return copy.build();
  }

  CollectionDescriptor withLoad(boolean newLoaded, Set<Long> newLoadedPartitions) {
    Copy copy = new Copy(this);
    copy.loaded = newLoaded;
    copy.loadedPartitions = newLoadedPartitions;
    return copy.build();
  }

  CollectionDescriptor withPartitions(
      List<PartitionDescriptor> newPartitions, Set<Long> newLoadedPartitions) {
    Copy copy = new Copy(this);
    copy.partitions = newPartitions;
    copy.loadedPartitions = newLoadedPartitions;
    return copy.build();
  }

  CollectionDescriptor withIndexes(List<IndexDescriptor> newIndexes) {
    Copy copy = new Copy(this);
    copy.indexes = newIndexes;
    return copy.build();
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

  /** A copy of a collection, of which some components are replaced before it is built. */
  private static final class Copy {
    private final CollectionDescriptor original;
    private long databaseId;
    private String name;
    private CollectionSchema schema;
    private ConsistencyLevel consistencyLevel;
    private Map<String, String> properties;
    private List<PartitionDescriptor> partitions;
    private List<IndexDescriptor> indexes;
    private boolean loaded;
    private Set<Long> loadedPartitions;
    private long updatedTimestamp;
    private long truncatedTimestamp;

    private Copy(CollectionDescriptor original) {
      this.original = original;
      this.databaseId = original.databaseId;
      this.name = original.name;
      this.schema = original.schema;
      this.consistencyLevel = original.consistencyLevel;
      this.properties = original.properties;
      this.partitions = original.partitions;
      this.indexes = original.indexes;
      this.loaded = original.loaded;
      this.loadedPartitions = original.loadedPartitions;
      this.updatedTimestamp = original.updatedTimestamp;
      this.truncatedTimestamp = original.truncatedTimestamp;
    }

    private CollectionDescriptor build() {
      return new CollectionDescriptor(
          original.id,
          databaseId,
          name,
          schema,
          original.vchannels,
          consistencyLevel,
          properties,
          partitions,
          indexes,
          loaded,
          loadedPartitions,
          original.createdTimestamp,
          updatedTimestamp,
          truncatedTimestamp);
    }
  }
}
