package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.AliasDescriptor;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.NameRules;
import java.util.List;
import java.util.Optional;

/** Rules for aliases. */
final class AliasDefinitions {
  private final DefinitionLimits limits;

  AliasDefinitions(DefinitionLimits limits) {
    this.limits = limits;
  }

  List<CatalogChange> set(CatalogSnapshot snapshot, DefinitionCommand.SetAlias command) {
    NameRules.checkAlias(command.alias(), limits.nameLength());
    DatabaseDescriptor database = Names.database(snapshot, command.database());
    boolean isCollectionName =
        snapshot
            .collection(database.id(), command.alias())
            .filter(collection -> collection.name().equals(command.alias()))
            .isPresent();
    if (isCollectionName) {
      throw new SagittaException(
          ErrorCode.ALIAS_COLLECTION_NAME_CONFLICT,
          "alias and collection name conflict[database="
              + command.database()
              + "][alias="
              + command.alias()
              + "]");
    }
    CollectionDescriptor target =
        Names.collection(snapshot, command.database(), command.collection());
    if (!target.name().equals(command.collection())) {
      throw new SagittaException(
          ErrorCode.COLLECTION_NOT_FOUND,
          "collection not found[database="
              + command.database()
              + "][collection="
              + command.collection()
              + "]: it is an alias");
    }
    Optional<AliasDescriptor> existing = snapshot.alias(database.id(), command.alias());
    if (command.alter() && existing.isEmpty()) {
      throw notFound(command.database(), command.alias());
    }
    if (existing.isPresent() && existing.get().collectionId() == target.id()) {
      return List.of();
    }
    if (!command.alter() && existing.isPresent()) {
      String other =
          snapshot
              .collection(existing.get().collectionId())
              .map(CollectionDescriptor::name)
              .orElse("");
      throw new SagittaException(
          ErrorCode.ALIAS_ALREADY_EXISTS,
          command.alias()
              + " is alias to another collection: "
              + other
              + ": alias already exist[database="
              + command.database()
              + "][alias="
              + command.alias()
              + "]");
    }
    return List.of(
        new CatalogChange.AliasSet(
            new AliasDescriptor(database.id(), command.alias(), target.id())));
  }

  List<CatalogChange> drop(CatalogSnapshot snapshot, DefinitionCommand.DropAlias command) {
    DatabaseDescriptor database = Names.database(snapshot, command.database());
    return snapshot
        .alias(database.id(), command.alias())
        .<List<CatalogChange>>map(
            alias -> List.of(new CatalogChange.AliasDropped(database.id(), alias.alias())))
        .orElse(List.of());
  }

  private static SagittaException notFound(String database, String alias) {
    return new SagittaException(
        ErrorCode.ALIAS_NOT_FOUND,
        "alias not found[database=" + database + "][alias=" + alias + "]");
  }
}
