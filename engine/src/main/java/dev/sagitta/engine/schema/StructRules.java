package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Milvus's rules for arrays of structs: names, and what may be inside. */
final class StructRules {
  private final CollectionSchema schema;
  private final int maximumNameLength;

  StructRules(CollectionSchema schema, int maximumNameLength) {
    this.schema = schema;
    this.maximumNameLength = maximumNameLength;
  }

  /**
   * Checks all structs, and that lists of vectors are inside structs only.
   *
   * @throws SagittaException 1100 or 1701, naming struct and sub-field
   */
  void check() {
    Set<String> names = new HashSet<>();
    schema.fields().forEach(field -> names.add(field.name()));
    for (StructSchema struct : schema.structs()) {
      NameRules.checkFieldName(struct.name(), maximumNameLength);
      if (!names.add(struct.name())) {
        throw SagittaException.invalidParameter("duplicate field name: field=" + struct.name());
      }
      checkFields(struct);
    }
    for (FieldSchema field : schema.fields()) {
      boolean inside = schema.structOf(field).isPresent();
      if (field.type() == DataType.ARRAY_OF_VECTOR && !inside) {
        throw SagittaException.invalidParameter(
            "array of vector can only be in the struct array field, field name: " + field.name());
      }
      if (StructSchema.isSubField(field) && !inside) {
        throw new SagittaException(
            ErrorCode.FIELD_INVALID_NAME,
            "Invalid field name: " + field.name() + ". there is no such struct");
      }
    }
  }

  private void checkFields(StructSchema struct) {
    List<FieldSchema> fields = schema.fieldsOf(struct);
    if (fields.isEmpty()) {
      throw SagittaException.invalidParameter(
          "struct array field " + struct.name() + " has no sub-fields");
    }
    for (FieldSchema field : fields) {
      NameRules.checkFieldName(StructSchema.subName(field), maximumNameLength);
      if (!field.type().hasElements()) {
        throw SagittaException.invalidParameter(
            "fields in StructArrayField can only be array or array of vector, but field "
                + field.name()
                + " is "
                + field.type().milvusName());
      }
      refuse(field.nullable(), "nullable is not supported for fields in struct array now", field);
      refuse(field.defaultValue().isPresent(), "default_value is not supported in structs", field);
      refuse(field.primaryKey(), "primary key is not supported in structs", field);
      refuse(field.partitionKey(), "partition key is not supported in structs", field);
      refuse(field.clusteringKey(), "clustering key is not supported in structs", field);
      refuse(
          !struct
              .parameters()
              .getOrDefault(StructSchema.MAXIMUM_CAPACITY, "")
              .equals(field.parameters().get(StructSchema.MAXIMUM_CAPACITY)),
          "max_capacity is that of the struct",
          field);
    }
  }

  private static void refuse(boolean refused, String why, FieldSchema field) {
    if (refused) {
      throw SagittaException.invalidParameter(why + ", fieldName = " + field.name());
    }
  }
}
