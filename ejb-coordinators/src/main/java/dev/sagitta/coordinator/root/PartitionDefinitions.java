package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.NameRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Rules for partitions. */
final class PartitionDefinitions {
  private final DefinitionLimits limits;

  PartitionDefinitions(DefinitionLimits limits) {
    this.limits = limits;
  }

  List<CatalogChange> create(
      CatalogSnapshot snapshot,
      DefinitionCommand.CreatePartition command,
      Supplier<FreshIds> freshIds) {
    NameRules.checkPartitionName(command.partition(), limits.nameLength());
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    refusePartitionKey(collection, "create partition");
    if (collection.partition(command.partition()).isPresent()) {
      return List.of();
    }
    if (collection.partitions().size() >= limits.partitions()) {
      throw SagittaException.invalidParameter(
          "partition number ("
              + (collection.partitions().size() + 1)
              + ") exceeds max configuration ("
              + limits.partitions()
              + "), collection: "
              + collection.name());
    }
    CollectionDefinitions.checkGeneralCapacity(snapshot, limits, collection.vchannels().size());
    FreshIds ids = freshIds.get();
    ids.next();
    return List.of(
        new CatalogChange.PartitionCreated(
            collection.id(),
            new PartitionDescriptor(ids.next(), command.partition(), ids.timestamp())));
  }

  List<CatalogChange> drop(CatalogSnapshot snapshot, DefinitionCommand.DropPartition command) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    refusePartitionKey(collection, "drop partition");
    if (command.partition().equals(PartitionDescriptor.DEFAULT_NAME)) {
      throw SagittaException.invalidParameter("default partition cannot be deleted");
    }
    Optional<PartitionDescriptor> partition = collection.partition(command.partition());
    if (partition.isEmpty()) {
      return List.of();
    }
    if (collection.isServed(partition.get().id())) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "partition cannot be dropped, partition is loaded, please release it first: partition="
              + command.partition());
    }
    return List.of(new CatalogChange.PartitionDropped(collection.id(), partition.get().id()));
  }

  private static void refusePartitionKey(CollectionDescriptor collection, String operation) {
    if (collection.schema().partitionKey().isPresent()) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "disable "
              + operation
              + " if partition key mode is used: collection="
              + collection.name());
    }
  }
}
