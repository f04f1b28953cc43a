package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tokenizer or filter as the client describes it: a name, or an object with a type and
 * parameters.
 *
 * @param kind what it is, for messages: tokenizer, filter, analyzer
 * @param type its name
 * @param parameters the object, empty for a mere name
 */
record AnalyzerPart(String kind, String type, JsonNode parameters) {
  AnalyzerPart {
    requireNonNull(kind, "kind is null");
    requireNonNull(type, "type is null");
    requireNonNull(parameters, "parameters is null");
  }

  static AnalyzerPart named(String kind, String type) {
    return new AnalyzerPart(kind, type, JsonNodeFactory.instance.objectNode());
  }

  static AnalyzerPart of(String kind, JsonNode node) {
    if (node.isTextual()) {
      return named(kind, node.textValue());
    }
    if (!node.isObject() || !node.path("type").isTextual()) {
      throw TextAnalyzers.invalid(kind + " should be a name or an object with a type: " + node);
    }
    return new AnalyzerPart(kind, node.get("type").textValue(), node);
  }

  /** Refuses parameters of other names. */
  void requireOnly(String... names) {
    Set<String> known = Set.of(names);
    for (Map.Entry<String, JsonNode> member : parameters.properties()) {
      if (!member.getKey().equals("type") && !known.contains(member.getKey())) {
        throw TextAnalyzers.invalid(
            "unknown parameter of " + kind + " " + type + ": key=" + member.getKey());
      }
    }
  }

  Optional<String> text(String name) {
    JsonNode value = parameters.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw TextAnalyzers.invalid(
          name + " of " + kind + " " + type + " should be a string: value=" + value);
    }
    return Optional.of(value.textValue());
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  int requiredPositive(String name) {
    JsonNode value = required(name);
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
      throw TextAnalyzers.invalid(
          name + " of " + kind + " " + type + " should be a positive integer: value=" + value);
    }
    return value.intValue();
  }

  List<String> requiredTexts(String name) {
    JsonNode value = required(name);
    return value.isTextual() ? List.of(value.textValue()) : texts(name, value);
  }

  private JsonNode required(String name) {
    JsonNode value = parameters.get(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private RuntimeException missing(String name) {
    return TextAnalyzers.invalid(name + " of " + kind + " " + type + " is missing");
  }

  static List<String> texts(String name, JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw TextAnalyzers.invalid(name + " should be an array of strings: value=" + value);
      }
      texts.add(element.textValue());
    }
    if (!value.isArray()) {
      throw TextAnalyzers.invalid(name + " should be an array of strings: value=" + value);
    }
    return texts;
  }
}
