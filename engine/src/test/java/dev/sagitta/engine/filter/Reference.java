package dev.sagitta.engine.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The meaning of filters, row by row and in the plainest way: numbers as BigDecimal, JSON as trees,
 * {@code like} as a regular expression, three truth values as Optional (empty is unknown).
 */
final class Reference {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The same few hundred documents are asked for again and again. */
  private static final Map<String, JsonNode> PARSED = new ConcurrentHashMap<>();

  private Reference() {}

  /** A condition: its text and its truth for a row. */
  record Condition(String text, Function<Map<String, Object>, Optional<Boolean>> truth) {
    Condition negated() {
      return new Condition("not (" + text + ")", row -> truth.apply(row).map(known -> !known));
    }
  }

  /** What a value of a row is to a comparison. */
  sealed interface Value {
    /** The field is null: comparisons are unknown. */
    record Null() implements Value {}

    /** Behind the end of an array: comparisons are false. */
    record Absent() implements Value {}

    /** A value of a typed field: Boolean, Long, Double, String or List. */
    record Typed(Object value) implements Value {}

    /** What a path of JSON leads to; the node may be missing. */
    record Json(JsonNode node) implements Value {}
  }

  /** A value: its text and how to get it from a row. */
  record Operand(String text, Function<Map<String, Object>, Value> value) {}

  static Operand field(String name) {
    return new Operand(
        name, row -> row.get(name) == null ? new Value.Null() : new Value.Typed(row.get(name)));
  }

  static Operand element(String name, int index) {
    return new Operand(
        name + "[" + index + "]",
        row -> {
          List<?> list = (List<?>) row.get(name);
          if (list == null) {
            return new Value.Null();
          }
          return index < list.size() ? new Value.Typed(list.get(index)) : new Value.Absent();
        });
  }

  /**
   * A path into a JSON field. A key of digits and an index mean the same.
   *
   * @param steps each a String or an Integer
   */
  static Operand json(String text, String field, boolean neverNull, List<?> steps) {
    return new Operand(
        text,
        row -> {
          String document = (String) row.get(field);
          if (document == null && !neverNull) {
            return new Value.Null();
          }
          JsonNode node = parse(document == null ? "{}" : document);
          for (Object step : steps) {
            node = node.isArray() ? elementOf(node, step.toString()) : node.path(step.toString());
          }
          return new Value.Json(node);
        });
  }

  private static JsonNode elementOf(JsonNode array, String step) {
    return step.matches("0|[1-9][0-9]{0,8}") ? array.path(Integer.parseInt(step)) : array.path("");
  }

  static JsonNode parse(String document) {
    return PARSED.computeIfAbsent(document, Reference::parseNow);
  }

  private static JsonNode parseNow(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  static Condition compare(
      Operand left, String operator, Object constant, String constantText, boolean constantFirst) {
    String text =
        constantFirst
            ? constantText + " " + swapped(operator) + " " + left.text()
            : left.text() + " " + operator + " " + constantText;
    return new Condition(text, row -> compareValue(left.value().apply(row), operator, constant));
  }

  static String swapped(String operator) {
    return switch (operator) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> operator;
    };
  }

  static Optional<Boolean> compareValue(Value value, String operator, Object constant) {
    return switch (value) {
      case Value.Null() -> Optional.empty();
      case Value.Absent() -> Optional.of(false);
      case Value.Typed(Object typed) ->
          Optional.of(holds(operator, order(typed, constant).orElseThrow()));
      case Value.Json(JsonNode node) ->
          Optional.of(
              scalar(node)
                  .flatMap(scalar -> order(scalar, constant))
                  .map(order -> holds(operator, order))
                  .orElse(operator.equals("!=")));
    };
  }

  static boolean holds(String operator, int order) {
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  /** Negative, zero or positive; empty for values of different families. */
  static Optional<Integer> order(Object left, Object right) {
    if (left instanceof Number && right instanceof Number) {
      return Optional.of(decimal(left).compareTo(decimal(right)));
    }
    if (left instanceof String first && right instanceof String second) {
      return Optional.of(Arrays.compareUnsigned(first.getBytes(UTF_8), second.getBytes(UTF_8)));
    }
    if (left instanceof Boolean first && right instanceof Boolean second) {
      return Optional.of(Boolean.compare(first, second));
    }
    return Optional.empty();
  }

  static BigDecimal decimal(Object number) {
    return number instanceof Long value
        ? BigDecimal.valueOf(value)
        : new BigDecimal((Double) number);
  }

  /** Boolean, Long, Double or String; empty for what is missing, null, an object or an array. */
  static Optional<Object> scalar(JsonNode node) {
    if (node.isTextual()) {
      return Optional.of(node.textValue());
    }
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }

  /** Whether a JSON value equals a constant: Boolean, Long, Double, String or List of these. */
  static boolean jsonEquals(JsonNode node, Object constant) {
    if (!(constant instanceof List<?> list)) {
      return scalar(node).flatMap(scalar -> order(scalar, constant)).orElse(1) == 0;
    }
    boolean equal = node.isArray() && node.size() == list.size();
    for (int i = 0; equal && i < list.size(); i++) {
      equal = jsonEquals(node.get(i), list.get(i));
    }
    return equal;
  }

  /** {@code like} as a regular expression. */
  static Pattern like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      int character = pattern.codePointAt(i);
      i += Character.charCount(character);
      if (character == '%') {
        regex.append(".*");
      } else if (character == '_') {
        regex.append('.');
      } else {
        if (character == '\\' && i < pattern.length()) {
          character = pattern.codePointAt(i);
          i += Character.charCount(character);
        }
        regex.append(Pattern.quote(Character.toString(character)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** A literal of the filter language. */
  static String literal(Object constant) {
    return switch (constant) {
      case String string ->
          "'" + string.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
      case List<?> list -> list.stream().map(Reference::literal).toList().toString();
      default -> constant.toString();
    };
  }
}
