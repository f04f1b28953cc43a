package dev.sagitta.engine.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
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
 * @param functions what computes the values of fields that rows do not give
 * @param structs arrays of structs; their sub-fields are among the fields
 */
public record CollectionSchema(
    String name,
    String description,
    List<FieldSchema> fields,
    boolean dynamicFieldEnabled,
    List<FunctionSchema> functions,
    List<StructSchema> structs) {

  @JsonCreator
  public CollectionSchema {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    fields = List.copyOf(requireNonNull(fields, "fields is null"));
    functions = List.copyOf(requireNonNull(functions, "functions is null"));
    structs = List.copyOf(requireNonNull(structs, "structs is null"));
  }

  /** A schema without structs. */
  public CollectionSchema(
      String name,
      String description,
      List<FieldSchema> fields,
      boolean dynamicFieldEnabled,
      List<FunctionSchema> functions) {
    this(name, description, fields, dynamicFieldEnabled, functions, List.of());
  }

  /** A schema without functions. */
  public CollectionSchema(
      String name, String description, List<FieldSchema> fields, boolean dynamicFieldEnabled) {
    this(name, description, fields, dynamicFieldEnabled, List.of());
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
    for (FieldSchema field : fields) {
      if (field.dynamic()) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
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

  /** The function that computes the field, if one does. */
  public Optional<FunctionSchema> functionOf(FieldSchema outputField) {
    for (FunctionSchema function : functions) {
      if (function.outputFieldNames().contains(outputField.name())) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Whether the field holds term frequencies that the server computes and compares by BM25. */
  public boolean isBm25Output(FieldSchema field) {
    return functionOf(field).filter(function -> function.type() == FunctionType.BM25).isPresent();
  }

  @JsonIgnore
  public List<FieldSchema> vectorFields() {
    return fields.stream().filter(field -> field.type().isVector()).toList();
  }

  /** The struct of that name. */
  public Optional<StructSchema> struct(String structName) {
    return structs.stream().filter(struct -> struct.name().equals(structName)).findFirst();
  }

  /** The struct that the field is a sub-field of. */
  public Optional<StructSchema> structOf(FieldSchema field) {
    return structs.stream().filter(struct -> struct.holds(field)).findFirst();
  }

  /** Whether a field of that name would be a sub-field of one of the structs. */
  public boolean isInStruct(String fieldName) {
    return structs.stream().anyMatch(struct -> fieldName.startsWith(struct.name() + "["));
  }

  /** The sub-fields of a struct, in the order in which they were declared. */
  public List<FieldSchema> fieldsOf(StructSchema struct) {
    return fields.stream().filter(struct::holds).toList();
  }

  /** The largest number that a field or struct has; numbers are never used again. */
  public long largestFieldId() {
    long largest = FieldSchema.FIRST_USER_FIELD_ID - 1;
    for (FieldSchema field : fields) {
      largest = Math.max(largest, field.id());
    }
    for (StructSchema struct : structs) {
      largest = Math.max(largest, struct.id());
    }
    return largest;
  }

  /** The same schema with other structs. */
  public CollectionSchema withStructs(List<StructSchema> newStructs) {
    return new CollectionSchema(
        name, description, fields, dynamicFieldEnabled, functions, newStructs);
  }

  /** The same schema with other fields. */
  public CollectionSchema withFields(List<FieldSchema> newFields) {
    return new CollectionSchema(
        name, description, newFields, dynamicFieldEnabled, functions, structs);
  }

  /** The same schema with other functions. */
  public CollectionSchema withFunctions(List<FunctionSchema> newFunctions) {
    return new CollectionSchema(
        name, description, fields, dynamicFieldEnabled, newFunctions, structs);
  }

  /** The same schema, keeping undeclared keys in the hidden field that these fields end with. */
  public CollectionSchema withDynamicField(List<FieldSchema> newFields) {
    return new CollectionSchema(name, description, newFields, true, functions, structs);
  }

  /** The same schema with another description. */
  public CollectionSchema withDescription(String newDescription) {
    return new CollectionSchema(
        name, newDescription, fields, dynamicFieldEnabled, functions, structs);
  }
}
