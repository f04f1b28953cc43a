package dev.sagitta.rest.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code schema} object of an explicit create. Field ids are left to the coordinator. */
final class SchemaParser {
  private SchemaParser() {}

  static CollectionSchema parse(String collection, String description, JsonNode schema) {
    Map<String, JsonNode> members = RequestBody.membersOf("schema", schema);
    boolean autoId = flag(members, "autoID", flag(members, "autoId", false));
    boolean dynamic = flag(members, "enableDynamicField", false);
    JsonNode fieldNodes = members.get("fields");
    if (fieldNodes == null || !fieldNodes.isArray()) {
      throw JsonErrors.wrongType("schema.fields", "an array of objects", fieldNodes);
    }
    List<FieldSchema> fields = new ArrayList<>();
    List<StructParser> structs = new ArrayList<>();
    long id = FieldSchema.FIRST_USER_FIELD_ID;
    for (JsonNode node : fieldNodes) {
      Map<String, JsonNode> field = RequestBody.membersOf("schema.fields", node);
      if (StructParser.isStruct(field)) {
        structs.add(StructParser.parse(field));
      } else {
        fields.add(field(id++, field, autoId));
      }
    }
    structs.addAll(StructParser.parseAll(members.get("structFields")));
    for (StructParser struct : structs) {
      for (FieldSchema field : struct.fields()) {
        fields.add(field.withId(id++));
      }
    }
    return new CollectionSchema(
        collection,
        description,
        fields,
        dynamic,
        FunctionsParser.parse("schema.functions", members.get("functions")),
        structs.stream().map(StructParser::struct).toList());
  }

  /** Reads the {@code schema} object of a field to be added. Its id is left to the coordinator. */
  static FieldSchema parseField(JsonNode schema) {
    Map<String, JsonNode> members = RequestBody.membersOf("schema", schema);
    return field(
        FieldSchema.FIRST_USER_FIELD_ID,
        members,
        flag(members, "autoID", flag(members, "autoId", false)));
  }

  /** Reads a field; only primary keys take over {@code autoId}. */
  static FieldSchema field(long id, Map<String, JsonNode> members, boolean autoId) {
    String name = requiredText(members, "fieldName");
    DataType type = dataType(name, requiredText(members, "dataType"), "dataType");
    Optional<DataType> elementType = elementType(name, type, members);
    boolean primaryKey = flag(members, "isPrimary", false);
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        text(members, "description").orElse(""),
        primaryKey,
        primaryKey && autoId,
        flag(members, "isPartitionKey", false),
        flag(members, "isClusteringKey", false),
        flag(members, "nullable", false),
        defaultValue(name, type, members.get("defaultValue")),
        false,
        parameters(members.get("elementTypeParams")));
  }

  private static Optional<DataType> elementType(
      String name, DataType type, Map<String, JsonNode> members) {
    if (!type.hasElements()) {
      return Optional.empty();
    }
    return Optional.of(dataType(name, requiredText(members, "elementDataType"), "elementDataType"));
  }

  static DataType dataType(String field, String text, String key) {
    return DataType.fromMilvusName(text)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    key + " " + text + " is invalid(case sensitive): field=" + field));
  }

  private static Optional<Object> defaultValue(String field, DataType type, JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (node.isTextual()) {
      return Optional.of(node.textValue());
    }
    if (node.isNumber() && type.isFloatingPoint()) {
      return Optional.of(node.doubleValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    throw SagittaException.invalidParameter(
        "defaultValue does not fit the type: field="
            + field
            + " type="
            + type.milvusName()
            + " value="
            + JsonErrors.shorten(node.toString()));
  }

  static Map<String, String> parameters(JsonNode node) {
    if (node == null || node.isNull()) {
      return Map.of();
    }
    return new LinkedHashMap<>(
        RequestBody.parameterTexts(RequestBody.membersOf("elementTypeParams", node)));
  }

  static boolean flag(Map<String, JsonNode> members, String key, boolean whenAbsent) {
    JsonNode node = members.get(key);
    return (node == null || node.isNull()) ? whenAbsent : RequestBody.flagOf(key, node);
  }

  static Optional<String> text(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    return (node == null || node.isNull())
        ? Optional.empty()
        : Optional.of(RequestBody.textOf(key, node));
  }

  static String requiredText(Map<String, JsonNode> members, String key) {
    return text(members, key)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> JsonErrors.missing(key));
  }
}
