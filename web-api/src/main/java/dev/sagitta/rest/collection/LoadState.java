package dev.sagitta.rest.collection;

import dev.sagitta.coordinator.root.Names;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.rest.RequestContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a collection (or some of its partitions) is served.
 *
 * @param milvusName Milvus's name of the state
 * @param progress percent served; meaningless when nothing is wanted
 */
record LoadState(String milvusName, int progress) {
  private static final String NOT_LOADED = "LoadStateNotLoad";
  private static final String LOADING = "LoadStateLoading";
  private static final String LOADED = "LoadStateLoaded";

  /** State of the named partitions, or of the whole collection if none is named. */
  static LoadState of(
      RequestContext context, CollectionDescriptor collection, List<String> partitionNames) {
    Set<Long> partitionIds = new HashSet<>();
    for (String name : partitionNames) {
      PartitionDescriptor partition = Names.partition(collection, name);
      if (!collection.isServed(partition.id())) {
        return new LoadState(NOT_LOADED, 0);
      }
      partitionIds.add(partition.id());
    }
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      return new LoadState(NOT_LOADED, 0);
    }
    int percent = context.services().loadProgress().loadedPercent(collection.id(), partitionIds);
    return new LoadState(percent >= 100 ? LOADED : LOADING, percent);
  }

  boolean isWanted() {
    return !milvusName.equals(NOT_LOADED);
  }
}
