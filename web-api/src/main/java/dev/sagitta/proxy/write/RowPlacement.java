package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.KeyHash;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.PartitionKeyPlacement;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.CollectionNow;
import java.util.List;
import java.util.Optional;

/**
 * Which shard and partition each row goes to: the shard by the primary key's hash; the partition as
 * the client said, or by the hash of the partition key where the collection has one.
 */
final class RowPlacement {
  private final CollectionDescriptor collection;
  private final List<Long> partitionIds;
  private final Optional<FieldSchema> partitionKey;

  /**
   * @param partition partition that the client named
   */
  RowPlacement(CollectionNow now, Optional<String> partition) {
    requireNonNull(partition, "partition is null");
    this.collection = now.descriptor();
    this.partitionKey = collection.schema().partitionKey();
    if (partitionKey.isPresent()) {
      if (partition.isPresent()) {
        throw SagittaException.invalidParameter(
            "not support manually specifying the partition names if partition key mode is used:"
                + " partition="
                + partition.get());
      }
      this.partitionIds = new PartitionKeyPlacement(collection).partitionIds();
    } else {
      this.partitionIds =
          List.of(now.partition(partition.orElse(PartitionDescriptor.DEFAULT_NAME)).id());
    }
  }

  /** Calls the target for each shard and partition with rows. */
  void place(PrimaryKeys keys, ColumnBatch rows, Target target) {
    int shardCount = collection.vchannels().size();
    int partitionCount = partitionIds.size();
    int[] targets = KeyHash.shardsOf(keys, shardCount);
    if (partitionKey.isPresent()) {
      PrimaryKeys values = ColumnBatches.primaryKeys(rows.column(partitionKey.get().id()));
      int[] partitions = new PartitionKeyPlacement(collection).partitionsOf(values);
      for (int row = 0; row < targets.length; row++) {
        targets[row] = targets[row] * partitionCount + partitions[row];
      }
    }
    List<ColumnBatch> batches = ColumnBatches.split(rows, targets, shardCount * partitionCount);
    for (int i = 0; i < batches.size(); i++) {
      if (batches.get(i).rowCount() > 0) {
        target.accept(i / partitionCount, partitionIds.get(i % partitionCount), batches.get(i));
      }
    }
  }

  /** Takes the rows of one shard and partition. */
  @FunctionalInterface
  interface Target {
    void accept(int shard, long partitionId, ColumnBatch rows);
  }
}
