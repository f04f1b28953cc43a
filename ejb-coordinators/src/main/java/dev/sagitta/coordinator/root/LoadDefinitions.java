package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for what is to be served. */
final class LoadDefinitions {
  private LoadDefinitions() {}

  static List<CatalogChange> change(
      CatalogSnapshot snapshot, DefinitionCommand.ChangeLoad command) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    if (!command.partitions().isEmpty() && collection.schema().partitionKey().isPresent()) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "disable "
              + (command.load() ? "load" : "release")
              + " partitions if partition key mode is used: collection="
              + collection.name());
    }
    Set<Long> named =
        command.partitions().stream()
            .map(name -> Names.partition(collection, name).id())
            .collect(Collectors.toSet());
    return command.load() ? load(collection, named) : release(collection, named);
  }

  private static List<CatalogChange> load(CollectionDescriptor collection, Set<Long> named) {
    boolean unindexed =
        collection.schema().vectorFields().stream()
            .anyMatch(field -> collection.indexOfField(field.id()).isEmpty());
    if (unindexed) {
      throw new SagittaException(
          ErrorCode.INDEX_NOT_FOUND, "index not found[collection=" + collection.name() + "]");
    }
    if (collection.loaded()) {
      return List.of();
    }
    if (named.isEmpty()) {
      return List.of(new CatalogChange.LoadChanged(collection.id(), true, Set.of()));
    }
    Set<Long> partitions = new HashSet<>(collection.loadedPartitions());
    return partitions.addAll(named)
        ? List.of(new CatalogChange.LoadChanged(collection.id(), false, partitions))
        : List.of();
  }

  private static List<CatalogChange> release(CollectionDescriptor collection, Set<Long> named) {
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      return List.of();
    }
    if (named.isEmpty()) {
      return List.of(new CatalogChange.LoadChanged(collection.id(), false, Set.of()));
    }
    Set<Long> partitions =
        collection.loaded()
            ? collection.partitions().stream()
                .map(PartitionDescriptor::id)
                .collect(Collectors.toCollection(HashSet::new))
            : new HashSet<>(collection.loadedPartitions());
    return partitions.removeAll(named)
        ? List.of(new CatalogChange.LoadChanged(collection.id(), false, partitions))
        : List.of();
  }
}
