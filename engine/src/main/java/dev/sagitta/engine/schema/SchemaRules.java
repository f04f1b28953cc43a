package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Milvus's rules for the fields of a new collection, with its codes and words. */
public final class SchemaRules {
  private final CollectionSchema schema;
  private final int maximumFields;
  private final int maximumVectorFields;
  private final int maximumNameLength;

  public SchemaRules(
      CollectionSchema schema, int maximumFields, int maximumVectorFields, int maximumNameLength) {
    this.schema = schema;
    this.maximumFields = maximumFields;
    this.maximumVectorFields = maximumVectorFields;
    this.maximumNameLength = maximumNameLength;
  }

  /**
   * Checks declared fields; the dynamic field is left out.
   *
   * @throws SagittaException 1100 or 1701, naming the field
   */
  public void check() {
    List<FieldSchema> fields = schema.fields().stream().filter(field -> !field.dynamic()).toList();
    if (fields.size() > maximumFields) {
      throw SagittaException.invalidParameter(
          "maximum field's number should be limited to "
              + maximumFields
              + ": fields="
              + fields.size());
    }
    checkNames(fields);
    checkPrimaryKey(fields);
    checkVectorCount(fields);
    fields.forEach(FieldRules::check);
    fields.forEach(field -> FieldRules.checkMultiAnalyzer(schema, field));
    new FunctionRules(schema).check();
  }

  private void checkNames(List<FieldSchema> fields) {
    Set<String> names = new HashSet<>();
    for (FieldSchema field : fields) {
      NameRules.checkFieldName(field.name(), maximumNameLength);
      if (!names.add(field.name())) {
        throw SagittaException.invalidParameter("duplicate field name: field=" + field.name());
      }
    }
  }

  private static void checkPrimaryKey(List<FieldSchema> fields) {
    List<FieldSchema> keys = fields.stream().filter(FieldSchema::primaryKey).toList();
    if (keys.isEmpty()) {
      throw SagittaException.invalidParameter("primary key is not specified");
    }
    if (keys.size() > 1) {
      throw SagittaException.invalidParameter(
          "there are more than one primary key, field name = "
              + keys.get(0).name()
              + ", "
              + keys.get(1).name());
    }
    FieldSchema key = keys.getFirst();
    if (key.type() != DataType.INT64 && key.type() != DataType.VARCHAR) {
      throw SagittaException.invalidParameter(
          "the data type of primary key should be Int64 or VarChar: field="
              + key.name()
              + " type="
              + key.type().milvusName());
    }
    if (key.nullable()) {
      throw SagittaException.invalidParameter(
          "primary field not support null: field=" + key.name());
    }
    if (key.defaultValue().isPresent()) {
      throw SagittaException.invalidParameter(
          "primary field not support default_value: field=" + key.name());
    }
  }

  private void checkVectorCount(List<FieldSchema> fields) {
    long vectors = fields.stream().filter(field -> field.type().isVector()).count();
    if (vectors == 0) {
      throw new SagittaException(
          ErrorCode.INVALID_PARAMETER, "schema does not contain vector field: invalid parameter");
    }
    if (vectors > maximumVectorFields) {
      throw SagittaException.invalidParameter(
          "maximum vector field's number should be limited to "
              + maximumVectorFields
              + ": vectorFields="
              + vectors);
    }
  }
}
