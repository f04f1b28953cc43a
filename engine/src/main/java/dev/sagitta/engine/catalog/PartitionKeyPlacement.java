package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PrimaryKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which partition the rows with a value of the partition key are in: the partitions in the order of
 * their ids, numbered by the value's {@link KeyHash}. They are made with the collection and never
 * change, so the place of a value never changes.
 */
public final class PartitionKeyPlacement {
  private final List<Long> partitionIds;

  public PartitionKeyPlacement(CollectionDescriptor collection) {
    requireNonNull(collection, "collection is null");
    this.partitionIds =
        collection.partitions().stream().map(PartitionDescriptor::id).sorted().toList();
  }

  /** All partitions, in the order of their numbers. */
  public List<Long> partitionIds() {
    return partitionIds;
  }

  /** The number of the partition of each value. */
  public int[] partitionsOf(PrimaryKeys values) {
    return KeyHash.shardsOf(values, partitionIds.size());
  }

  /** The ids of the partitions that rows with these values are in. */
  public Set<Long> partitionIdsOf(PrimaryKeys values) {
    Set<Long> ids = new HashSet<>();
    for (int partition : partitionsOf(values)) {
      ids.add(partitionIds.get(partition));
    }
    return ids;
  }
}
