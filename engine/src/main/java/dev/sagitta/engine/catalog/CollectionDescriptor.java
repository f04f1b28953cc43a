package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sagitta.engine.schema.CollectionSchema;
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
    long updatedTimestamp) {
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
        timestamp);
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
        updatedTimestamp);
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
        updatedTimestamp);
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
        updatedTimestamp);
  }

  public boolean isServed(long partitionId) {
    return loaded || loadedPartitions.contains(partitionId);
  }
}
