package dev.sagitta.rest.collection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An array of structs as a create describes it: among {@code schema.structFields}, or among the
 * fields as an Array whose elements are Structs. A sub-field is described as in Milvus's messages
 * (Array or ArrayOfVector with the type of the elements), or by the type of its values in a struct.
 *
 * @param fields the fields that hold the sub-fields' values; their ids are to be set
 */
record StructParser(StructSchema struct, List<FieldSchema> fields) {
  private static final String STRUCT = StructSchema.ELEMENT_TYPE_NAME;
  private static final String MAXIMUM_CAPACITY = StructSchema.MAXIMUM_CAPACITY;

  StructParser {
    requireNonNull(struct, "struct is null");
    fields = List.copyOf(fields);
  }

  /** Whether the description of a field is one of an array of structs. */
  static boolean isStruct(Map<String, JsonNode> members) {
    return isText(members, "dataType", DataType.ARRAY.milvusName())
        && isText(members, "elementDataType", STRUCT);
  }

  private static boolean isText(Map<String, JsonNode> members, String key, String text) {
    JsonNode node = members.get(key);
    return node != null && node.isTextual() && node.textValue().equals(text);
  }

  /** Reads {@code structFields}, which may be absent. */
  static List<StructParser> parseAll(JsonNode nodes) {
    if (nodes == null || nodes.isNull()) {
      return List.of();
    }
    if (!nodes.isArray()) {
      throw JsonErrors.wrongType("schema.structFields", "an array of objects", nodes);
    }
    List<StructParser> structs = new ArrayList<>();
    for (JsonNode node : nodes) {
      structs.add(parse(RequestBody.membersOf("schema.structFields", node)));
    }
    return structs;
  }

  /**
   * Reads one struct.
   *
   * @throws SagittaException code 1100, 1801 or 1802, naming the struct
   */
  static StructParser parse(Map<String, JsonNode> members) {
    String name = SchemaParser.requiredText(members, "fieldName");
    if (SchemaParser.flag(members, "nullable", false)) {
      throw SagittaException.invalidParameter(
          "nullable is not supported for struct array fields: field=" + name);
    }
    refuseDefault(name, members);
    JsonNode nodes = members.get("fields");
    if (nodes == null || !nodes.isArray() || nodes.isEmpty()) {
      throw JsonErrors.wrongType(name + ".fields", "an array of at least one object", nodes);
    }
    List<FieldSchema> fields = new ArrayList<>();
    for (JsonNode node : nodes) {
      fields.add(subField(name, RequestBody.membersOf(name + ".fields", node)));
    }
    Map<String, String> parameters =
        new HashMap<>(SchemaParser.parameters(members.get("elementTypeParams")));
    parameters.putAll(SchemaParser.parameters(members.get("typeParams")));
    Optional<String> capacity = capacity(parameters, fields);
    capacity.ifPresent(value -> parameters.put(MAXIMUM_CAPACITY, value));
    return new StructParser(
        new StructSchema(0, name, SchemaParser.text(members, "description").orElse(""), parameters),
        fields.stream().map(field -> withCapacity(field, capacity)).toList());
  }

  /** The struct's own, or what its first sub-field says. */
  private static Optional<String> capacity(
      Map<String, String> parameters, List<FieldSchema> fields) {
    return Optional.ofNullable(parameters.get(MAXIMUM_CAPACITY))
        .or(() -> Optional.ofNullable(fields.getFirst().parameters().get(MAXIMUM_CAPACITY)));
  }

  private static FieldSchema withCapacity(FieldSchema field, Optional<String> capacity) {
    if (capacity.isEmpty() || field.parameters().containsKey(MAXIMUM_CAPACITY)) {
      return field;
    }
    Map<String, String> parameters = new HashMap<>(field.parameters());
    parameters.put(MAXIMUM_CAPACITY, capacity.get());
    return field.withParameters(parameters);
  }

  private static FieldSchema subField(String struct, Map<String, JsonNode> members) {
    Map<String, JsonNode> whole = new HashMap<>(members);
    String name = SchemaParser.requiredText(members, "fieldName");
    String fieldName = StructSchema.fieldName(struct, name);
    refuseDefault(fieldName, members);
    String typeName = SchemaParser.requiredText(members, "dataType");
    String elementName = SchemaParser.text(members, "elementDataType").orElse("");
    if (typeName.equals(STRUCT)
        || elementName.equals(STRUCT)
        || elementName.equals(DataType.ARRAY.milvusName())
        || elementName.equals(DataType.ARRAY_OF_VECTOR.milvusName())) {
      throw SagittaException.invalidParameter("Nested array is not supported " + fieldName);
    }
    DataType type = SchemaParser.dataType(fieldName, typeName, "dataType");
    if (!type.hasElements()) {
      DataType wholeType = type.isVector() ? DataType.ARRAY_OF_VECTOR : DataType.ARRAY;
      whole.put("elementDataType", TextNode.valueOf(typeName));
      whole.put("dataType", TextNode.valueOf(wholeType.milvusName()));
    }
    whole.put("fieldName", TextNode.valueOf(fieldName));
    return SchemaParser.field(0, whole, false);
  }

  private static void refuseDefault(String field, Map<String, JsonNode> members) {
    JsonNode value = members.get("defaultValue");
    if (value != null && !value.isNull()) {
      throw SagittaException.invalidParameter(
          "default_value is not supported in structs: field=" + field);
    }
  }
}
