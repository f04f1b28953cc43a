package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sagitta.engine.error.SagittaException;
import java.util.HashMap;
import java.util.Map;

/**
 * Several analyzers of one field, of which another field of the row names one: Milvus's {@code
 * multi_analyzer_params}, {@code {"by_field": field, "analyzers": {name: analyzer_params,
 * "default": analyzer_params}, "alias": {other name: name}}}.
 *
 * @param byField the field whose value names the analyzer
 * @param analyzers by name, with the default one
 * @param aliases other names of analyzers
 */
public record MultiAnalyzer(
    String byField, Map<String, TextAnalyzer> analyzers, Map<String, String> aliases) {
  public static final String DEFAULT = "default";

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  public MultiAnalyzer {
    requireNonNull(byField, "byField is null");
    analyzers = Map.copyOf(analyzers);
    aliases = Map.copyOf(aliases);
  }

  /**
   * Reads the parameters.
   *
   * @throws SagittaException code 1100, naming the culprit
   */
  public static MultiAnalyzer of(String parameters) {
    JsonNode node = read(parameters);
    JsonNode byField = node.get("by_field");
    if (byField == null) {
      throw TextAnalyzers.invalid(
          "multi analyzer params now must set by_field to specify with field decide analyzer");
    }
    if (!byField.isTextual()) {
      throw TextAnalyzers.invalid(
          "multi analyzer params by_field must be string but now: " + byField);
    }
    JsonNode analyzers = node.get("analyzers");
    if (analyzers == null || !analyzers.isObject()) {
      throw TextAnalyzers.invalid("multi analyzer params must set analyzers");
    }
    if (!analyzers.has(DEFAULT)) {
      throw TextAnalyzers.invalid("multi analyzer must set default analyzer for all unknown value");
    }
    Map<String, TextAnalyzer> byName = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : analyzers.properties()) {
      byName.put(entry.getKey(), TextAnalyzers.of(entry.getValue().toString()));
    }
    return new MultiAnalyzer(byField.textValue(), byName, aliases(node.get("alias")));
  }

  private static JsonNode read(String parameters) {
    try {
      JsonNode node = MAPPER.readTree(parameters);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw TextAnalyzers.invalid(
          "multi analyzer params are no JSON: multi_analyzer_params=" + parameters);
    }
    throw TextAnalyzers.invalid(
        "multi analyzer params should be a JSON object: multi_analyzer_params=" + parameters);
  }

  private static Map<String, String> aliases(JsonNode node) {
    Map<String, String> aliases = new HashMap<>();
    if (node == null || node.isNull()) {
      return aliases;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw TextAnalyzers.invalid("multi analyzer alias must be string map but now: " + node);
      }
      aliases.put(entry.getKey(), entry.getValue().textValue());
    }
    return aliases;
  }

  /** The analyzer of that name or alias; the default one if there is none. */
  public TextAnalyzer get(String name) {
    TextAnalyzer found = analyzers.get(aliases.getOrDefault(name, name));
    return found == null ? analyzers.get(DEFAULT) : found;
  }
}
