package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.ArrayList;
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
    new StructRules(schema, maximumNameLength).check();
    checkPrimaryKey(fields);
    checkVectorCount(fields);
    checkPartitionKey(fields);
    checkClusteringKey(fields);
    fields.forEach(FieldRules::check);
    fields.forEach(field -> FieldRules.checkMultiAnalyzer(schema, field));
    new FunctionRules(schema).check();
  }

  /**
   * Checks a field that is to be added to the schema, which is checked already.
   *
   * @throws SagittaException 1100 or 1701, naming the field
   */
  public void checkAdded(FieldSchema field) {
    List<FieldSchema> declared = schema.fields().stream().filter(each -> !each.dynamic()).toList();
    if (declared.size() >= maximumFields) {
      throw SagittaException.invalidParameter(
          "The number of fields has reached the maximum value " + maximumFields);
    }
    if (schema.field(field.name()).isPresent() || schema.struct(field.name()).isPresent()) {
      throw SagittaException.invalidParameter("duplicated field name " + field.name());
    }
    NameRules.checkFieldName(field.name(), maximumNameLength);
    refuseAdded(field.primaryKey(), "not support to add pk field, field name = ", field);
    refuseAdded(field.autoId(), "only primary field can speficy AutoID with true: field=", field);
    refuseAdded(
        field.partitionKey(), "not support to add partition key field, field name  = ", field);
    refuseAdded(
        field.clusteringKey() && declared.stream().anyMatch(FieldSchema::clusteringKey),
        "already has another clustering key field, field name: ",
        field);
    refuseAdded(
        !field.nullable(), "added field must be nullable, please check it, field name = ", field);
    if (field.type().isVector()) {
      checkAddedVector(declared, field);
    }
    checkClusteringKey(List.of(field));
    FieldRules.check(field);
  }

  private void checkAddedVector(List<FieldSchema> declared, FieldSchema field) {
    List<FieldSchema> fields = new ArrayList<>(declared);
    fields.add(field);
    checkVectorCount(fields);
    refuseAdded(
        field.type() != DataType.SPARSE_FLOAT_VECTOR && !field.parameters().containsKey("dim"),
        "vector field must have dimension specified, field name = ",
        field);
  }

  private static void refuseAdded(boolean refused, String why, FieldSchema field) {
    if (refused) {
      throw SagittaException.invalidParameter(why + field.name());
    }
  }

  private static void checkPartitionKey(List<FieldSchema> fields) {
    List<FieldSchema> keys = fields.stream().filter(FieldSchema::partitionKey).toList();
    if (keys.size() > 1) {
      throw SagittaException.invalidParameter(
          "there are more than one partition key, field name = "
              + keys.get(0).name()
              + ", "
              + keys.get(1).name());
    }
  }

  private void checkClusteringKey(List<FieldSchema> fields) {
    List<FieldSchema> keys = fields.stream().filter(FieldSchema::clusteringKey).toList();
    for (FieldSchema key : keys) {
      if (key.type().isVector()) {
        throw new SagittaException(
            ErrorCode.VECTOR_CLUSTERING_KEY_NOT_ALLOWED,
            "vector clustering key not allowed[collection="
                + schema.name()
                + "]: field="
                + key.name());
      }
      boolean ordered =
          key.type().isInteger() || key.type().isFloatingPoint() || key.type() == DataType.VARCHAR;
      if (!ordered) {
        throw new SagittaException(
            ErrorCode.ILLEGAL_SCHEMA,
            "clustering key field "
                + key.name()
                + " has unsupported data type "
                + key.type().milvusName()
                + "[collection="
                + schema.name()
                + "]");
      }
    }
    if (keys.size() > 1) {
      throw new SagittaException(
          ErrorCode.ILLEGAL_SCHEMA,
          "there are more than one clustering key, field name = "
              + keys.get(0).name()
              + ", "
              + keys.get(1).name()
              + "[collection="
              + schema.name()
              + "]");
    }
  }

  private void checkNames(List<FieldSchema> fields) {
    Set<String> names = new HashSet<>();
    for (FieldSchema field : fields) {
      if (!StructSchema.isSubField(field)) {
        NameRules.checkFieldName(field.name(), maximumNameLength);
      }
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
