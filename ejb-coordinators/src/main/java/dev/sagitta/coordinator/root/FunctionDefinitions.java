package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FunctionChanges;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rules for functions of a collection that is there. */
final class FunctionDefinitions {
  private FunctionDefinitions() {}

  static List<CatalogChange> add(
      CatalogSnapshot snapshot, DefinitionCommand.AddFunction command, long timestamp) {
    return change(
        Names.collection(snapshot, command.database(), command.collection()),
        schema -> FunctionChanges.added(schema, command.function()),
        timestamp);
  }

  static List<CatalogChange> alter(
      CatalogSnapshot snapshot, DefinitionCommand.AlterFunction command, long timestamp) {
    return change(
        Names.collection(snapshot, command.database(), command.collection()),
        schema -> FunctionChanges.altered(schema, command.name(), command.function()),
        timestamp);
  }

  static List<CatalogChange> drop(
      CatalogSnapshot snapshot, DefinitionCommand.DropFunction command, long timestamp) {
    return change(
        Names.collection(snapshot, command.database(), command.collection()),
        schema -> FunctionChanges.dropped(schema, command.name()),
        timestamp);
  }

  private static List<CatalogChange> change(
      CollectionDescriptor collection, UnaryOperator<CollectionSchema> change, long timestamp) {
    CollectionSchema changed = change.apply(collection.schema());
    return changed.equals(collection.schema())
        ? List.of()
        : List.of(new CatalogChange.SchemaChanged(collection.id(), changed, timestamp));
  }
}
