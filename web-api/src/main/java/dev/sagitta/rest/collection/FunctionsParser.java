package dev.sagitta.rest.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads function objects: those of a schema, and those of a search's {@code functionScore}. */
public final class FunctionsParser {
  private FunctionsParser() {}

  /**
   * Reads an array of functions; an absent one is empty.
   *
   * @param key the array's key, for messages
   * @throws SagittaException 1100 for an unknown type, 1801 and 1802 for a wrong shape
   */
  public static List<FunctionSchema> parse(String key, JsonNode array) {
    if (array == null || array.isNull()) {
      return List.of();
    }
    if (!array.isArray()) {
      throw JsonErrors.wrongType(key, "an array of objects", array);
    }
    List<FunctionSchema> functions = new ArrayList<>();
    for (JsonNode node : array) {
      functions.add(function(FunctionSchema.FIRST_ID + functions.size(), key, node));
    }
    return functions;
  }

  /**
   * Reads one function.
   *
   * @throws SagittaException as {@link #parse}
   */
  public static FunctionSchema parseOne(String key, JsonNode node) {
    return function(FunctionSchema.FIRST_ID, key, node);
  }

  private static FunctionSchema function(long id, String key, JsonNode node) {
    Map<String, JsonNode> members = RequestBody.membersOf(key, node);
    String name = requiredText(members, "name");
    String type = requiredText(members, "type");
    return new FunctionSchema(
        id,
        name,
        text(members, "description").orElse(""),
        FunctionType.fromMilvusName(type)
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "Unsupported function type: " + type + ": function=" + name)),
        names(members, "inputFieldNames"),
        names(members, "outputFieldNames"),
        parameters(members.get("params")));
  }

  private static List<String> names(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    return node == null || node.isNull() ? List.of() : RequestBody.textsOf(key, node);
  }

  private static Map<String, String> parameters(JsonNode node) {
    return node == null || node.isNull()
        ? Map.of()
        : RequestBody.parameterTexts(RequestBody.membersOf("params", node));
  }

  private static Optional<String> text(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    return node == null || node.isNull()
        ? Optional.empty()
        : Optional.of(RequestBody.textOf(key, node));
  }

  private static String requiredText(Map<String, JsonNode> members, String key) {
    return text(members, key)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> JsonErrors.missing(key));
  }
}
