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
import dev.sagitta.engine.schema.SchemaRules;
import dev.sagitta.engine.schema.StructSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for fields of a collection that is there. */
final class FieldDefinitions {
  private static final String MAXIMUM_LENGTH = "max_length";
  private static final String MAXIMUM_CAPACITY = "max_capacity";
  private static final String DESCRIPTION = "field.description";
  private static final int LARGEST_LENGTH = 65_535;
  private static final int LARGEST_CAPACITY = 4096;

  /** Parameters that may change; the others are what the stored values were made by. */
  private static final Set<String> ALTERABLE =
      Set.of(
          MAXIMUM_LENGTH,
          MAXIMUM_CAPACITY,
          DESCRIPTION,
          CollectionProperties.MMAP,
          "warmup",
          "warmup.scalarField",
          "warmup.scalarIndex",
          "warmup.vectorField",
          "warmup.vectorIndex");

  private final DefinitionLimits limits;

  FieldDefinitions(DefinitionLimits limits) {
    this.limits = limits;
  }

  /** An id above those of all fields; ids are never used again. */
  static long nextFieldId(CollectionSchema schema) {
    return 1 + schema.largestFieldId();
  }

  List<CatalogChange> add(
      CatalogSnapshot snapshot, DefinitionCommand.AddField command, long timestamp) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    CollectionSchema schema = collection.schema();
    new SchemaRules(schema, limits.fields(), limits.vectorFields(), limits.nameLength())
        .checkAdded(command.field());
    FieldSchema added = command.field().withId(nextFieldId(schema));
    List<FieldSchema> fields = new ArrayList<>(schema.fields());
    // The dynamic field stays the last one.
    fields.add(fields.size() - (schema.dynamicFieldEnabled() ? 1 : 0), added);
    List<CatalogChange> changes = new ArrayList<>();
    changes.add(
        new CatalogChange.SchemaChanged(collection.id(), schema.withFields(fields), timestamp));
    if (added.matched()) {
      changes.add(
          new CatalogChange.IndexCreated(
              collection.id(), IndexDescriptor.ofWords(added, timestamp, timestamp)));
    }
    return changes;
  }

  List<CatalogChange> alter(
      CatalogSnapshot snapshot, DefinitionCommand.AlterField command, long timestamp) {
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.collection());
    CollectionSchema schema = collection.schema();
    FieldSchema field =
        schema
            .field(command.field())
            .filter(each -> !each.dynamic())
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "field not found[field=" + command.field() + "]"));
    Map<String, String> altered = altering(command.parameters());
    altered.forEach((key, value) -> check(collection, field, key, value));
    Map<String, String> parameters = new HashMap<>(field.parameters());
    parameters.putAll(altered);
    String description = parameters.remove(DESCRIPTION);
    FieldSchema changed = field.withParameters(parameters);
    FieldSchema described = description == null ? changed : changed.withDescription(description);
    List<FieldSchema> fields =
        schema.fields().stream().map(each -> each.id() == field.id() ? described : each).toList();
    return List.of(
        new CatalogChange.SchemaChanged(collection.id(), schema.withFields(fields), timestamp));
  }

  /** Clients write {@code mmap_enabled} too. */
  private static Map<String, String> altering(Map<String, String> parameters) {
    if (parameters.isEmpty()) {
      throw SagittaException.invalidParameter("fieldParams must not be empty");
    }
    Map<String, String> altered = new HashMap<>(parameters);
    String mmap = altered.remove("mmap_enabled");
    if (mmap != null) {
      altered.put(CollectionProperties.MMAP, mmap);
    }
    return altered;
  }

  private static void check(
      CollectionDescriptor collection, FieldSchema field, String key, String value) {
    if (!ALTERABLE.contains(key)) {
      throw SagittaException.invalidParameter(
          key + " does not allow update in collection field param: field=" + field.name());
    }
    boolean loaded = collection.loaded() || !collection.loadedPartitions().isEmpty();
    if (loaded && (key.equals(CollectionProperties.MMAP) || key.startsWith("warmup"))) {
      throw new SagittaException(
          ErrorCode.COLLECTION_LOADED,
          "can not alter collection field properties if collection loaded[collection="
              + collection.name()
              + "]");
    }
    switch (key) {
      case CollectionProperties.MMAP -> {
        var _ = PropertyValues.flag(key, value);
      }
      case MAXIMUM_LENGTH -> checkLength(field, value);
      case MAXIMUM_CAPACITY -> checkCapacity(field, value);
      default -> {}
    }
  }

  private static void checkLength(FieldSchema field, String value) {
    boolean texts =
        field.type() == DataType.VARCHAR
            || field.elementType().filter(DataType.VARCHAR::equals).isPresent();
    if (!texts) {
      throw SagittaException.invalidParameter(
          field.name() + " can not modify the maxlength for non-string types");
    }
    int length = PropertyValues.positive(MAXIMUM_LENGTH, value);
    if (length > LARGEST_LENGTH) {
      throw SagittaException.invalidParameter(
          value + " exceeds the maximum allowed value " + LARGEST_LENGTH);
    }
  }

  private static void checkCapacity(FieldSchema field, String value) {
    if (StructSchema.isSubField(field)) {
      throw SagittaException.invalidParameter(
          "can not modify the maxcapacity of one field of a struct: field=" + field.name());
    }
    if (field.type() != DataType.ARRAY) {
      throw SagittaException.invalidParameter(
          field.name() + " can not modify the maxcapacity for non-array types");
    }
    if (PropertyValues.positive(MAXIMUM_CAPACITY, value) > LARGEST_CAPACITY) {
      throw SagittaException.invalidParameter(
          "the maximum capacity specified for a Array should be in (0, "
              + LARGEST_CAPACITY
              + "]: field="
              + field.name()
              + " max_capacity="
              + value);
    }
  }
}
