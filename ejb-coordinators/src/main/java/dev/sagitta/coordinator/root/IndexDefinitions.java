package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricRules;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.engine.schema.StructSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Rules for wanted indexes. */
final class IndexDefinitions {
  /** Properties that say how an index is kept; all others are what it was built by. */
  private static final Set<String> ALTERABLE =
      Set.of(CollectionProperties.MMAP, "indexoffsetcache.enabled", "warmup");

  private final DefinitionLimits limits;

  IndexDefinitions(DefinitionLimits limits) {
    this.limits = limits;
  }

  List<CatalogChange> create(
      CatalogSnapshot snapshot,
      RootCoordinator.IndexCreation creation,
      Supplier<FreshIds> freshIds) {
    CollectionDescriptor collection =
        Names.collection(snapshot, creation.database(), creation.collection());
    FieldSchema field = Names.indexedField(collection, creation.fieldName(), creation.parameters());
    String name = creation.indexName().filter(text -> !text.isEmpty()).orElse(creation.fieldName());
    boolean isSubField = name.equals(field.name()) && StructSchema.isSubField(field);
    if (!isSubField) {
      NameRules.checkIndexName(name, limits.nameLength());
    }
    IndexDescriptor wanted = wanted(collection.schema(), creation, field, name, 0, 0);
    Optional<IndexDescriptor> sameName = collection.index(name);
    if (sameName.isPresent()) {
      if (isSame(sameName.get(), wanted)) {
        return List.of();
      }
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "CreateIndex failed: at most one distinct index is allowed per field: index="
              + name
              + " field="
              + field.name());
    }
    if (collection.chosenIndexes().stream()
        .anyMatch(existing -> isInTheWay(existing, wanted, field))) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "CreateIndex failed: creating multiple indexes on same field is not supported, at most"
              + " one distinct index is allowed per field: field="
              + field.name());
    }
    FreshIds ids = freshIds.get();
    long id = ids.next();
    return List.of(
        new CatalogChange.IndexCreated(
            collection.id(),
            wanted(collection.schema(), creation, field, name, id, ids.timestamp())));
  }

  private static IndexDescriptor wanted(
      CollectionSchema schema,
      RootCoordinator.IndexCreation creation,
      FieldSchema field,
      String name,
      long id,
      long timestamp) {
    String requested =
        creation.indexType().filter(text -> !text.isEmpty()).orElse(IndexDescriptor.AUTOINDEX);
    if (!field.type().isVector()) {
      return scalar(creation, field, name, requested, id, timestamp);
    }
    MetricType metric = metric(schema, creation, field, requested);
    VectorIndexTypes.Resolved resolved =
        VectorIndexTypes.resolve(
            requested, field.type(), metric, field.dimension(), creation.parameters());
    return new IndexDescriptor(
        id,
        field.id(),
        name,
        resolved.type().name(),
        requested,
        Optional.of(metric),
        resolved.parameters(),
        creation.parameters(),
        timestamp);
  }

  private static MetricType metric(
      CollectionSchema schema,
      RootCoordinator.IndexCreation creation,
      FieldSchema field,
      String requested) {
    if (creation.metric().isPresent()) {
      MetricRules.check(schema, field, creation.metric().get());
      return creation.metric().get();
    }
    if (!requested.equals(IndexDescriptor.AUTOINDEX)) {
      throw SagittaException.invalidParameter(
          "metric type not set for vector index: field=" + field.name());
    }
    return MetricRules.defaultOf(schema, field);
  }

  private static IndexDescriptor scalar(
      RootCoordinator.IndexCreation creation,
      FieldSchema field,
      String name,
      String requested,
      long id,
      long timestamp) {
    ScalarIndexTypes.Resolved resolved =
        ScalarIndexTypes.resolveChosen(
            requested,
            field,
            JsonIndexParameters.withDefaultPath(
                field, creation.fieldName(), creation.parameters()));
    return new IndexDescriptor(
        id,
        field.id(),
        name,
        resolved.type().name(),
        requested,
        Optional.empty(),
        resolved.parameters(),
        creation.parameters(),
        timestamp);
  }

  /** A field has one index, a JSON field one for each path. */
  private static boolean isInTheWay(
      IndexDescriptor existing, IndexDescriptor wanted, FieldSchema field) {
    return existing.fieldId() == field.id()
        && (field.type() != DataType.JSON
            || JsonIndexParameters.of(field, existing.parameters())
                .path()
                .equals(JsonIndexParameters.of(field, wanted.parameters()).path()));
  }

  private static boolean isSame(IndexDescriptor existing, IndexDescriptor wanted) {
    return existing.fieldId() == wanted.fieldId()
        && existing.indexType().equals(wanted.indexType())
        && existing.requestedType().equals(wanted.requestedType())
        && existing.metric().equals(wanted.metric())
        && existing.parameters().equals(wanted.parameters());
  }

  List<CatalogChange> drop(CatalogSnapshot snapshot, DefinitionCommand.DropIndex command) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    Optional<IndexDescriptor> index = collection.index(command.indexName());
    if (index.isEmpty()) {
      return List.of();
    }
    boolean loaded = collection.loaded() || !collection.loadedPartitions().isEmpty();
    if (index.get().isVectorIndex() && loaded) {
      throw SagittaException.invalidParameter(
          "vector index cannot be dropped on loaded collection: " + collection.name());
    }
    return List.of(new CatalogChange.IndexDropped(collection.id(), index.get().id()));
  }

  List<CatalogChange> alter(CatalogSnapshot snapshot, DefinitionCommand.AlterIndex command) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    IndexDescriptor index =
        collection
            .index(command.indexName())
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "index not found[indexName=" + command.indexName() + "]"));
    if (command.properties().isEmpty() && command.removedKeys().isEmpty()) {
      throw SagittaException.invalidParameter(
          "properties and keys to delete must not be empty at the same time: index="
              + index.name());
    }
    Set<String> keys = new HashSet<>(command.properties().keySet());
    keys.addAll(command.removedKeys());
    for (String key : keys) {
      if (!ALTERABLE.contains(key)) {
        throw SagittaException.invalidParameter(
            key + " is not a configable index property: index=" + index.name());
      }
    }
    command
        .properties()
        .forEach(
            (key, value) -> {
              if (key.endsWith(".enabled")) {
                var _ = PropertyValues.flag(key, value);
              }
            });
    if (collection.loaded() || !collection.loadedPartitions().isEmpty()) {
      throw new SagittaException(
          ErrorCode.COLLECTION_LOADED,
          "can't alter index on loaded collection, please release the collection first[collection="
              + collection.name()
              + "]");
    }
    return List.of(
        new CatalogChange.IndexPropertiesSet(
            collection.id(), index.id(), command.properties(), command.removedKeys()));
  }
}
