package dev.sagitta.engine.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a collection. The dynamic field, when enabled, is the last field, of type JSON.
 *
 * @param name name of the collection when it was created (a rename changes the catalog's name only)
 * @param description free text, may be empty
 * @param fields all fields, the hidden dynamic field included
 * @param dynamicFieldEnabled whether undeclared keys are kept
 */
public record CollectionSchema(
    String name, String description, List<FieldSchema> fields, boolean dynamicFieldEnabled) {

  public CollectionSchema {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    fields = List.copyOf(requireNonNull(fields, "fields is null"));
  }

  @JsonIgnore
  public FieldSchema primaryKey() {
    for (FieldSchema field : fields) {
      if (field.primaryKey()) {
        return field;
      }
    }
    throw new IllegalStateException("collection has no primary key: collection=" + name);
  }

  public Optional<FieldSchema> field(String fieldName) {
    for (FieldSchema field : fields) {
      if (field.name().equals(fieldName)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  public Optional<FieldSchema> field(long fieldId) {
    for (FieldSchema field : fields) {
      if (field.id() == fieldId) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The hidden JSON field, if undeclared keys are kept. */
  @JsonIgnore
  public Optional<FieldSchema> dynamicField() {
    return fields.stream().filter(FieldSchema::dynamic).findFirst();
  }

  /** The field by whose values rows are spread over partitions, if there is one. */
  @JsonIgnore
  public Optional<FieldSchema> partitionKey() {
    for (FieldSchema field : fields) {
      if (field.partitionKey()) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  @JsonIgnore
  public List<FieldSchema> vectorFields() {
    return fields.stream().filter(field -> field.type().isVector()).toList();
  }

  /** This schema with other fields. */
  public CollectionSchema withFields(List<FieldSchema> newFields, boolean newDynamicFieldEnabled) {
    return new CollectionSchema(name, description, newFields, newDynamicFieldEnabled);
  }

  /** This schema with another description. */
  public CollectionSchema withDescription(String newDescription) {
    return new CollectionSchema(name, newDescription, fields, dynamicFieldEnabled);
  }
}
