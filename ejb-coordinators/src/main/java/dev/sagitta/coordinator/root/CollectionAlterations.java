package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for changes of a collection that is there: its properties, and all its rows at once. */
final class CollectionAlterations {
  /** Properties that say how files are kept: they change only while nothing is loaded. */
  private static final List<String> RELEASED_ONLY =
      List.of(CollectionProperties.MMAP, "lazyload.enabled");

  List<CatalogChange> alter(
      CatalogSnapshot snapshot, DefinitionCommand.AlterCollection command, long timestamp) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.name());
    Map<String, String> properties = command.properties();
    if (properties.isEmpty() && command.removedKeys().isEmpty()) {
      throw SagittaException.invalidParameter(
          "The collection properties to alter and keys to delete must not be empty at the same"
              + " time");
    }
    if (!properties.isEmpty() && !command.removedKeys().isEmpty()) {
      throw SagittaException.invalidParameter("cannot provide both DeleteKeys and ExtraParams");
    }
    requireReleased(collection, properties.keySet(), "alter");
    requireReleased(collection, command.removedKeys(), "delete");
    CollectionProperties.check(properties, collection.schema());
    if (properties.containsKey(CollectionProperties.DYNAMIC_FIELD)) {
      return enableDynamicField(collection, properties, timestamp);
    }
    checkIsolationChange(collection, properties, command.removedKeys());
    return changes(collection, properties, command.removedKeys(), timestamp);
  }

  /** Removes all rows older than the command's timestamp, which is above those of all writes. */
  List<CatalogChange> truncate(
      CatalogSnapshot snapshot, DefinitionCommand.Truncate command, long timestamp) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    return timestamp <= collection.truncatedTimestamp()
        ? List.of()
        : List.of(new CatalogChange.CollectionTruncated(collection.id(), timestamp));
  }

  private static void requireReleased(
      CollectionDescriptor collection, Set<String> keys, String verb) {
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      return;
    }
    for (String key : RELEASED_ONLY) {
      if (keys.contains(key)) {
        throw loaded(collection, "can not " + verb + " mmap properties if collection loaded");
      }
    }
    if (keys.stream().anyMatch(key -> key.startsWith("warmup"))) {
      throw loaded(collection, "can not " + verb + " warmup properties if collection loaded");
    }
  }

  private static SagittaException loaded(CollectionDescriptor collection, String why) {
    return new SagittaException(
        ErrorCode.COLLECTION_LOADED, why + "[collection=" + collection.name() + "]");
  }

  /** The hidden field comes as any added field does; it never goes. */
  private static List<CatalogChange> enableDynamicField(
      CollectionDescriptor collection, Map<String, String> properties, long timestamp) {
    if (properties.size() > 1) {
      throw SagittaException.invalidParameter(
          "cannot alter dynamic schema with other properties at the same time");
    }
    CollectionSchema schema = collection.schema();
    boolean wanted =
        PropertyValues.flag(
            CollectionProperties.DYNAMIC_FIELD, properties.get(CollectionProperties.DYNAMIC_FIELD));
    if (wanted == schema.dynamicFieldEnabled()) {
      return List.of();
    }
    if (!wanted) {
      throw SagittaException.invalidParameter("dynamic schema cannot supported to be disabled");
    }
    List<FieldSchema> fields = new ArrayList<>(schema.fields());
    fields.add(
        FieldSchema.of(
                FieldDefinitions.nextFieldId(schema), FieldSchema.DYNAMIC_FIELD_NAME, DataType.JSON)
            .asDynamic());
    return List.of(
        new CatalogChange.SchemaChanged(
            collection.id(), schema.withDynamicField(fields), timestamp));
  }

  private static void checkIsolationChange(
      CollectionDescriptor collection, Map<String, String> properties, Set<String> removedKeys) {
    String key = CollectionProperties.ISOLATION;
    boolean before = Boolean.parseBoolean(collection.properties().get(key));
    boolean after =
        properties.containsKey(key)
            ? PropertyValues.flag(key, properties.get(key))
            : before && !removedKeys.contains(key);
    if (before != after && collection.indexes().stream().anyMatch(IndexDescriptor::isVectorIndex)) {
      throw new SagittaException(
          ErrorCode.INDEX_DUPLICATE,
          "can not alter partition key isolation mode if the collection already has a vector"
              + " index. Please drop the index first[collection="
              + collection.name()
              + "]");
    }
  }

  /** Description and consistency level are no properties to us, only to the request. */
  private static List<CatalogChange> changes(
      CollectionDescriptor collection,
      Map<String, String> properties,
      Set<String> removedKeys,
      long timestamp) {
    List<CatalogChange> changes = new ArrayList<>();
    Map<String, String> kept = new HashMap<>(properties);
    String description = kept.remove(CollectionProperties.DESCRIPTION);
    if (description != null) {
      changes.add(
          new CatalogChange.SchemaChanged(
              collection.id(), collection.schema().withDescription(description), timestamp));
    }
    String level = kept.remove(CollectionProperties.CONSISTENCY_LEVEL);
    if (level != null) {
      changes.add(
          new CatalogChange.ConsistencyLevelSet(
              collection.id(), CollectionProperties.consistencyLevel(level), timestamp));
    }
    if (!kept.isEmpty() || !removedKeys.isEmpty()) {
      changes.add(
          new CatalogChange.CollectionPropertiesSet(collection.id(), kept, removedKeys, timestamp));
    }
    return changes;
  }
}
