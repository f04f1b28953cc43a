package dev.sagitta.rest.entity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.rank.ScoreMode;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads how hits are grouped: {@code groupingField}, {@code groupSize} and {@code strictGroupSize}
 * of the body, or {@code group_by_field} and so on among the search's parameters.
 */
final class GroupingParser {
  /** Most hits of a group. */
  private static final int MAXIMUM_SIZE = 10;

  private static final Pattern STEP = Pattern.compile("\\[(?:\"([^\"]*)\"|'([^']*)'|(\\d+))]");

  private GroupingParser() {}

  /**
   * The grouping, if one is asked for.
   *
   * @param parameters the search's parameters
   * @throws SagittaException 1100 for a field that cannot be grouped by and for sizes out of range
   */
  static Optional<Grouping> parse(
      CollectionSchema schema, RequestBody body, Map<String, String> parameters) {
    Optional<String> name =
        body.text("groupingField")
            .or(() -> Optional.ofNullable(parameters.get("group_by_field")))
            .filter(text -> !text.isEmpty());
    long size =
        body.value("groupSize")
            .map(node -> integer("groupSize", node))
            .orElse(ParameterTexts.integer(parameters, "group_size").orElse(0));
    boolean strict =
        body.value("strictGroupSize")
            .map(node -> RequestBody.flagOf("strictGroupSize", node))
            .orElse(ParameterTexts.flag(parameters, "strict_group_size").orElse(false));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (size < 0) {
      throw SagittaException.invalidParameter("input group size:" + size + " is negative");
    }
    if (size > MAXIMUM_SIZE) {
      throw SagittaException.invalidParameter(
          "input group size:"
              + size
              + " exceeds configured max group size:"
              + MAXIMUM_SIZE
              + ": key=groupSize");
    }
    return Optional.of(grouping(schema, name.get(), parameters, (int) Math.max(1, size), strict));
  }

  /** How scores of a group's hits order the groups of a hybrid search. */
  static ScoreMode groupScore(Map<String, String> parameters) {
    String name = parameters.getOrDefault("rank_group_scorer", "");
    return name.isEmpty() ? ScoreMode.MAX : ScoreMode.of("rank_group_scorer", name);
  }

  private static Grouping grouping(
      CollectionSchema schema,
      String name,
      Map<String, String> parameters,
      int size,
      boolean strict) {
    int bracket = name.indexOf('[');
    String fieldName = bracket < 0 ? name : name.substring(0, bracket);
    List<String> steps =
        bracket < 0 ? pointer(parameters.getOrDefault("json_path", "")) : steps(name, bracket);
    Optional<FieldSchema> field = schema.field(fieldName);
    if (field.isEmpty()) {
      FieldSchema dynamic =
          schema
              .dynamicField()
              .orElseThrow(
                  () ->
                      SagittaException.invalidParameter(
                          "groupBy field not found in schema: groupingField=" + name));
      List<String> path = Stream.concat(Stream.of(fieldName), steps.stream()).toList();
      return new Grouping(dynamic.id(), path, size, strict, Optional.empty());
    }
    switch (field.get().type()) {
      case BOOL, INT8, INT16, INT32, INT64, VARCHAR, TIMESTAMPTZ -> {
        if (!steps.isEmpty()) {
          throw SagittaException.invalidParameter(
              "only a JSON field has a path to group by: groupingField=" + name);
        }
      }
      case JSON -> {
        // A whole document is a value only if it is a number, a text or a truth value.
      }
      default ->
          throw SagittaException.invalidParameter(
              "unsupported data type "
                  + field.get().type().milvusName()
                  + " for group by operator: groupingField="
                  + name);
    }
    return new Grouping(field.get().id(), steps, size, strict, Optional.empty());
  }

  /** The steps of {@code name["key"][3]}. */
  private static List<String> steps(String name, int bracket) {
    Matcher matcher = STEP.matcher(name);
    List<String> steps = new ArrayList<>();
    int position = bracket;
    while (position < name.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw SagittaException.invalidParameter("invalid JSON path: groupingField=" + name);
      }
      steps.add(
          Stream.of(1, 2, 3)
              .map(matcher::group)
              .filter(group -> group != null)
              .findFirst()
              .orElseThrow());
      position = matcher.end();
    }
    return steps;
  }

  /** The steps of a JSON pointer. */
  private static List<String> pointer(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.charAt(0) != '/') {
      throw SagittaException.invalidParameter("invalid JSON pointer: json_path=" + text);
    }
    return Arrays.stream(text.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static long integer(String key, JsonNode node) {
    OptionalLong value = ParameterTexts.integer(Map.of(key, RequestBody.parameterText(node)), key);
    return value.orElse(0);
  }
}
