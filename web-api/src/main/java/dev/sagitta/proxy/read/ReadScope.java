package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.proxy.CollectionNow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a read covers.
 *
 * @param partitionIds empty: all that are served
 * @param vchannels shards to ask
 * @param notBeforeNanos moment up to which all writes must be seen
 */
record ReadScope(
    CollectionNow now, Set<Long> partitionIds, List<String> vchannels, long notBeforeNanos) {
  ReadScope {
    requireNonNull(now, "now is null");
    partitionIds = Set.copyOf(partitionIds);
    vchannels = List.copyOf(vchannels);
  }

  /**
   * All shards of the collection.
   *
   * @param partitionNames empty means all
   * @throws SagittaException COLLECTION_NOT_LOADED, PARTITION_NOT_FOUND, PARTITION_NOT_LOADED
   */
  static ReadScope of(CollectionNow now, List<String> partitionNames, long notBeforeNanos) {
    CollectionDescriptor collection = now.descriptor();
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      throw new SagittaException(
          ErrorCode.COLLECTION_NOT_LOADED,
          "collection not loaded[collection=" + collection.name() + "]");
    }
    Set<Long> partitionIds = new HashSet<>();
    for (String name : partitionNames) {
      long partitionId = now.partition(name).id();
      if (!collection.isServed(partitionId)) {
        throw new SagittaException(
            ErrorCode.PARTITION_NOT_LOADED, "partition not loaded[partition=" + name + "]");
      }
      partitionIds.add(partitionId);
    }
    return new ReadScope(now, partitionIds, collection.vchannels(), notBeforeNanos);
  }

  ReadScope withVchannels(List<String> narrowed) {
    return new ReadScope(now, partitionIds, narrowed, notBeforeNanos);
  }

  CollectionDescriptor collection() {
    return now.descriptor();
  }

  long catalogVersion() {
    return now.snapshot().version();
  }
}
