package dev.sagitta.engine.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.geometry.InvalidGeometryException;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.text.TextAnalyzers;

/** Milvus's rules for one field: type parameters, flags and default value. */
final class FieldRules {
  private static final int MINIMUM_DIMENSION = 2;
  private static final int MAXIMUM_DIMENSION = 32_768;

  /** Milvus counts a binary vector's bits as 8 times as many numbers. */
  private static final int MAXIMUM_BINARY_DIMENSION = 8 * MAXIMUM_DIMENSION;

  private static final int MAXIMUM_VARCHAR_BYTES = 65_535;
  private static final int MAXIMUM_CAPACITY = 4096;

  private FieldRules() {}

  static void check(FieldSchema field) {
    switch (field.type()) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          checkDimension(field, MINIMUM_DIMENSION, MAXIMUM_DIMENSION);
      case BINARY_VECTOR -> checkBinaryDimension(field);
      case SPARSE_FLOAT_VECTOR -> checkNoDimension(field);
      case VARCHAR -> {
        checkMaximumLength(field);
        checkAnalyzer(field);
      }
      case ARRAY -> checkArray(field);
      case ARRAY_OF_VECTOR -> {
        checkListElements(field);
        checkDimension(field, MINIMUM_DIMENSION, MAXIMUM_DIMENSION);
        checkCapacity(field);
      }
      case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, JSON, GEOMETRY, TIMESTAMPTZ -> {}
    }
    checkFlags(field);
    field.defaultValue().ifPresent(value -> checkDefault(field, value));
  }

  private static void checkDimension(FieldSchema field, int minimum, int maximum) {
    long dimension = number(field, "dim", "dimension is not defined in field type params");
    if (dimension < minimum || dimension > maximum) {
      throw SagittaException.invalidParameter(
          "invalid dimension: "
              + dimension
              + " of field "
              + field.name()
              + ". it should be in range "
              + minimum
              + " ~ "
              + maximum);
    }
  }

  private static void checkBinaryDimension(FieldSchema field) {
    checkDimension(field, Byte.SIZE, MAXIMUM_BINARY_DIMENSION);
    if (field.dimension() % Byte.SIZE != 0) {
      throw SagittaException.invalidParameter(
          "invalid dimension: "
              + field.dimension()
              + " of field "
              + field.name()
              + ". binary vector dimension should be a multiple of 8");
    }
  }

  private static void checkNoDimension(FieldSchema field) {
    if (field.parameters().containsKey("dim")) {
      throw SagittaException.invalidParameter(
          "dim should not be specified for sparse vector field " + field.name());
    }
  }

  private static void checkMaximumLength(FieldSchema field) {
    long length = number(field, "max_length", "type param(max_length) should be specified");
    if (length < 1 || length > MAXIMUM_VARCHAR_BYTES) {
      throw SagittaException.invalidParameter(
          "the maximum length specified for the field("
              + field.name()
              + ") should be in (0, "
              + MAXIMUM_VARCHAR_BYTES
              + "], but got "
              + length
              + " instead");
    }
  }

  /** The rules of several analyzers, which need another field. */
  static void checkMultiAnalyzer(CollectionSchema schema, FieldSchema field) {
    if (!field.parameters().containsKey("multi_analyzer_params")) {
      return;
    }
    if (!field.analyzed()) {
      throw SagittaException.invalidParameter(
          "multi_analyzer_params needs enable_analyzer: field=" + field.name());
    }
    if (field.matched()) {
      throw SagittaException.invalidParameter(
          "multi analyzer now only support for bm25, but now field "
              + field.name()
              + " enable match");
    }
    if (field.parameters().containsKey("analyzer_params")) {
      throw SagittaException.invalidParameter(
          "field " + field.name() + " analyzer params should be none if has multi analyzer params");
    }
    String byField = field.multiAnalyzer().orElseThrow().byField();
    FieldSchema naming =
        schema
            .field(byField)
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "multi analyzer dependent field "
                            + byField
                            + " not exist in collection "
                            + schema.name()));
    if (naming.type() != DataType.VARCHAR) {
      throw SagittaException.invalidParameter(
          "multi analyzer now only support by string field, but field "
              + byField
              + " is not string");
    }
  }

  private static void checkAnalyzer(FieldSchema field) {
    boolean matched = Boolean.parseBoolean(field.parameters().get("enable_match"));
    if (matched && !field.analyzed()) {
      throw SagittaException.invalidParameter(
          "field " + field.name() + " is set to enable match but not enable analyzer");
    }
    if (field.parameters().containsKey("analyzer_params") && !field.analyzed()) {
      throw SagittaException.invalidParameter(
          "analyzer_params needs enable_analyzer: field=" + field.name());
    }
    if (field.analyzed()) {
      var _ = TextAnalyzers.of(field.analyzerParameters());
    }
  }

  private static void checkArray(FieldSchema field) {
    DataType elementType = field.elementType().orElseThrow();
    switch (elementType) {
      case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE -> {}
      case VARCHAR -> checkMaximumLength(field);
      default ->
          throw SagittaException.invalidParameter(
              "element type "
                  + elementType.milvusName()
                  + " is not supported: field="
                  + field.name());
    }
    checkCapacity(field);
  }

  private static void checkListElements(FieldSchema field) {
    DataType elementType = field.elementType().orElseThrow();
    if (elementType != DataType.FLOAT_VECTOR) {
      throw SagittaException.invalidParameter(
          "element type "
              + elementType.milvusName()
              + " is not supported in an array of vectors: field="
              + field.name());
    }
  }

  private static void checkCapacity(FieldSchema field) {
    long capacity = number(field, "max_capacity", "type param(max_capacity) should be specified");
    if (capacity < 1 || capacity > MAXIMUM_CAPACITY) {
      throw SagittaException.invalidParameter(
          "the maximum capacity specified for the field("
              + field.name()
              + ") should be in (0, "
              + MAXIMUM_CAPACITY
              + "], but got "
              + capacity
              + " instead");
    }
  }

  private static void checkFlags(FieldSchema field) {
    if (field.autoId() && !field.primaryKey()) {
      throw SagittaException.invalidParameter(
          "only primary field can speficy AutoID with true: field=" + field.name());
    }
    if (!field.partitionKey()) {
      return;
    }
    if (field.primaryKey()) {
      throw SagittaException.invalidParameter(
          "the partition key field must not be primary field: field=" + field.name());
    }
    if (field.nullable()) {
      throw SagittaException.invalidParameter(
          "partition key field not support nullable: field=" + field.name());
    }
    if (field.type() != DataType.INT64 && field.type() != DataType.VARCHAR) {
      throw SagittaException.invalidParameter(
          "the data type of partition key should be Int64 or VarChar: field="
              + field.name()
              + " type="
              + field.type().milvusName());
    }
  }

  private static void checkDefault(FieldSchema field, Object value) {
    boolean fits =
        switch (field.type()) {
          case BOOL -> value instanceof Boolean;
          case INT8 -> inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
          case INT16 -> inRange(value, Short.MIN_VALUE, Short.MAX_VALUE);
          case INT32 -> inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case INT64, TIMESTAMPTZ -> value instanceof Long;
          case FLOAT -> value instanceof Double number && Float.isFinite(number.floatValue());
          case DOUBLE -> value instanceof Double number && Double.isFinite(number);
          case VARCHAR -> value instanceof String;
          case GEOMETRY -> value instanceof String text && isGeometry(field, text);
          default ->
              throw SagittaException.invalidParameter(
                  "type not support default_value: field="
                      + field.name()
                      + " type="
                      + field.type().milvusName());
        };
    if (!fits) {
      throw SagittaException.invalidParameter(
          "type ("
              + field.type().milvusName()
              + ") of field ("
              + field.name()
              + ") is not equal to the type of its default_value: value="
              + value);
    }
    if (field.type() == DataType.VARCHAR
        && value instanceof String text
        && text.getBytes(UTF_8).length > field.maxLength()) {
      throw SagittaException.invalidParameter(
          "the length of default_value exceeds max length: field="
              + field.name()
              + " maxLength="
              + field.maxLength());
    }
  }

  private static boolean isGeometry(FieldSchema field, String text) {
    try {
      return WellKnownText.toBinary(text).length > 0;
    } catch (InvalidGeometryException e) {
      throw SagittaException.invalidParameter(
          "invalid default_value of geometry field: field="
              + field.name()
              + " why="
              + e.getMessage());
    }
  }

  private static boolean inRange(Object value, long minimum, long maximum) {
    return value instanceof Long number && number >= minimum && number <= maximum;
  }

  private static long number(FieldSchema field, String parameter, String whenMissing) {
    String text = field.parameters().get(parameter);
    if (text == null) {
      throw SagittaException.invalidParameter(
          whenMissing + ", check type param `" + parameter + "` for field `" + field.name() + "`");
    }
    try {
      return Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      throw SagittaException.invalidParameter(
          "type param is not a number: field=" + field.name() + " " + parameter + "=" + text);
    }
  }
}
