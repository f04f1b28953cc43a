package dev.sagitta.rest.row;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The output fields of a read, resolved against the schema.
 *
 * @param fields declared fields to show, in the order to show them; a struct as its sub-fields
 * @param dynamicField the dynamic field, if any of its keys is to be shown
 * @param dynamicKeys undeclared keys to show; empty means all (if there is a dynamic field)
 */
public record OutputFields(
    List<FieldSchema> fields, Optional<FieldSchema> dynamicField, Set<String> dynamicKeys) {
  /** Stands for all fields. */
  public static final String ALL = "*";

  /** Stands for the number of rows. */
  public static final String COUNT = "count(*)";

  public OutputFields {
    fields = List.copyOf(fields);
    dynamicKeys = Set.copyOf(dynamicKeys);
  }

  /**
   * Resolves names; the primary key comes first, asked for or not.
   *
   * @throws dev.sagitta.engine.error.SagittaException 1100 for a name that the schema lacks
   */
  public static OutputFields resolve(CollectionSchema schema, List<String> names) {
    Set<FieldSchema> fields = new LinkedHashSet<>();
    fields.add(schema.primaryKey());
    Set<String> dynamicKeys = new LinkedHashSet<>();
    boolean allDynamic = false;
    for (String name : names) {
      if (name.equals(ALL)) {
        schema.fields().stream()
            .filter(field -> !field.dynamic() && !schema.isBm25Output(field))
            .forEach(fields::add);
        allDynamic = true;
      } else if (name.equals(FieldSchema.DYNAMIC_FIELD_NAME) && schema.dynamicFieldEnabled()) {
        allDynamic = true;
      } else {
        Optional<FieldSchema> field = schema.field(name);
        Optional<StructSchema> struct = schema.struct(name);
        if (field.isPresent() && schema.isBm25Output(field.get())) {
          throw SagittaException.invalidParameter(
              "not allowed to retrieve raw data of field " + name + ": key=outputFields");
        }
        if (field.isPresent()) {
          fields.add(field.get());
        } else if (struct.isPresent()) {
          fields.addAll(schema.fieldsOf(struct.get()));
        } else if (schema.dynamicField().isPresent()
            && !name.isBlank()
            && !schema.isInStruct(name)) {
          dynamicKeys.add(name);
        } else {
          throw SagittaException.invalidParameter(
              "field " + name + " not exist: key=outputFields collection=" + schema.name());
        }
      }
    }
    Optional<FieldSchema> dynamicField =
        allDynamic || !dynamicKeys.isEmpty() ? schema.dynamicField() : Optional.empty();
    return new OutputFields(List.copyOf(fields), dynamicField, allDynamic ? Set.of() : dynamicKeys);
  }

  /** For searches, whose hits carry their primary key beside the fields. */
  public OutputFields withoutPrimaryKey() {
    List<FieldSchema> others = fields.stream().filter(field -> !field.primaryKey()).toList();
    return new OutputFields(others, dynamicField, dynamicKeys);
  }

  /** Ids of all columns needed, the dynamic field last. */
  public List<Long> fieldIds() {
    List<Long> ids = new ArrayList<>(fields.size() + 1);
    fields.forEach(field -> ids.add(field.id()));
    dynamicField.ifPresent(field -> ids.add(field.id()));
    return ids;
  }
}
