package dev.sagitta.rest.entity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.rest.json.JsonErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of {@code {name}} placeholders, from {@code exprParams}. */
final class ExpressionTemplates {
  private ExpressionTemplates() {}

  /** Booleans, longs, doubles, strings and lists of them, by placeholder. */
  static Map<String, Object> parse(Map<String, JsonNode> members) {
    Map<String, Object> values = new HashMap<>();
    members.forEach((name, node) -> values.put(name, value(name, node)));
    return values;
  }

  private static Object value(String name, JsonNode node) {
    if (!node.isArray()) {
      return scalar(name, node);
    }
    List<Object> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      elements.add(value(name, element));
    }
    return elements;
  }

  private static Object scalar(String name, JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    }
    throw SagittaException.invalidParameter(
        "unsupported value of an expression template: exprParams."
            + name
            + "="
            + JsonErrors.shorten(node.toString()));
  }
}
