package dev.sagitta.engine.scalarindex.json;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.ExpressionParser;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.syntax.PathStep;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an index of a JSON field.
 *
 * @param stringsToNumbers whether strings that are numbers are indexed as numbers too
 */
public record JsonIndexParameters(JsonPath path, JsonCast cast, boolean stringsToNumbers) {
  /** Type that values are cast to, required. */
  public static final String CAST_TYPE = "json_cast_type";

  /** Path from the field on, by default the field itself. */
  public static final String PATH = "json_path";

  /** Optional, {@value #STRING_TO_DOUBLE} only. */
  public static final String CAST_FUNCTION = "json_cast_function";

  private static final String STRING_TO_DOUBLE = "STRING_TO_DOUBLE";

  public JsonIndexParameters {
    requireNonNull(path, "path is null");
    requireNonNull(cast, "cast is null");
  }

  /**
   * The field that an index is asked for by name: the one of that name, or the dynamic field if
   * there is none and the parameters say what to cast its values to.
   */
  public static Optional<FieldSchema> indexedField(
      CollectionSchema schema, String name, Map<String, String> parameters) {
    Optional<FieldSchema> field = schema.field(name);
    return field.isPresent() || !parameters.containsKey(CAST_TYPE) ? field : schema.dynamicField();
  }

  /**
   * The parameters of an index that was asked for under a name: one of a key of the dynamic field
   * is by default at that key.
   */
  public static Map<String, String> withDefaultPath(
      FieldSchema field, String requestedName, Map<String, String> parameters) {
    if (!field.dynamic() || parameters.containsKey(PATH)) {
      return parameters;
    }
    Map<String, String> complete = new HashMap<>(parameters);
    complete.put(PATH, requestedName);
    return complete;
  }

  /**
   * Reads the parameters.
   *
   * @throws SagittaException code 1101 without a cast type, 65535 for a path that is none, 1100 for
   *     anything else that is wrong
   */
  public static JsonIndexParameters of(FieldSchema field, Map<String, String> parameters) {
    String castName = parameters.get(CAST_TYPE);
    if (castName == null || castName.isBlank()) {
      throw new SagittaException(
          ErrorCode.MISSING_PARAMETER,
          "json index must specify cast type: missing parameter[missing_param="
              + CAST_TYPE
              + "] field="
              + field.name());
    }
    JsonCast cast =
        JsonCast.fromName(castName.strip())
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "json_cast_type is not supported: json_cast_type=" + castName));
    String function = parameters.getOrDefault(CAST_FUNCTION, "").strip();
    if (!function.isEmpty() && (!function.equals(STRING_TO_DOUBLE) || cast != JsonCast.DOUBLE)) {
      throw SagittaException.invalidParameter(
          "json_cast_function is not supported: json_cast_function="
              + function
              + " json_cast_type="
              + castName);
    }
    String path = parameters.getOrDefault(PATH, field.name());
    return new JsonIndexParameters(parsePath(field, path), cast, !function.isEmpty());
  }

  private static JsonPath parsePath(FieldSchema field, String text) {
    if (!text.isBlank() && parse(text) instanceof Expression.Path path) {
      if (path.name().equals(field.name())) {
        return JsonPath.of(path.steps());
      }
      if (field.dynamic()) {
        List<PathStep> steps = new ArrayList<>();
        steps.add(new PathStep.Key(path.name()));
        steps.addAll(path.steps());
        return JsonPath.of(steps);
      }
    }
    throw badPath(text, "it does not begin with the field " + field.name());
  }

  private static Expression parse(String text) {
    try {
      return ExpressionParser.parse(text);
    } catch (InvalidExpressionException e) {
      throw badPath(text, e.getMessage());
    }
  }

  private static SagittaException badPath(String text, String why) {
    return new SagittaException(
        ErrorCode.UNEXPECTED, "cannot parse identifier: " + text + ", error: " + why);
  }
}
