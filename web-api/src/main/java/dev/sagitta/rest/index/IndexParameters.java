package dev.sagitta.rest.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.coordinator.root.RootCoordinator.IndexCreation;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code indexParams} array of creates. */
public final class IndexParameters {
  private IndexParameters() {}

  /**
   * Reads the array.
   *
   * @param required whether an absent or empty array is an error (1802)
   */
  public static List<IndexCreation> parse(
      RequestBody body, String database, String collection, boolean required) {
    Optional<JsonNode> array = body.value("indexParams");
    if (array.isPresent() && !array.get().isArray()) {
      throw JsonErrors.wrongType("indexParams", "an array of objects", array.get());
    }
    if (required && (array.isEmpty() || array.get().isEmpty())) {
      throw JsonErrors.missing("indexParams");
    }
    List<IndexCreation> indexes = new ArrayList<>();
    if (array.isPresent()) {
      for (JsonNode node : array.get()) {
        indexes.add(index(RequestBody.membersOf("indexParams", node), database, collection));
      }
    }
    return indexes;
  }

  private static IndexCreation index(
      Map<String, JsonNode> members, String database, String collection) {
    String field = text(members, "fieldName").orElseThrow(() -> JsonErrors.missing("fieldName"));
    Map<String, String> parameters = new LinkedHashMap<>(nestedParameters(members));
    Optional<String> nestedType = Optional.ofNullable(parameters.remove("index_type"));
    Optional<String> nestedMetric = Optional.ofNullable(parameters.remove("metric_type"));
    Optional<String> indexType = text(members, "indexType").or(() -> nestedType);
    Optional<String> metric = text(members, "metricType").or(() -> nestedMetric);
    return new IndexCreation(
        database,
        collection,
        field,
        text(members, "indexName"),
        indexType.filter(type -> !type.isEmpty()),
        metric.filter(name -> !name.isEmpty()).map(name -> metric(field, name)),
        parameters);
  }

  private static Map<String, String> nestedParameters(Map<String, JsonNode> members) {
    JsonNode node = members.get("params");
    if (node == null || node.isNull()) {
      return Map.of();
    }
    return RequestBody.parameterTexts(RequestBody.membersOf("indexParams.params", node));
  }

  private static Optional<String> text(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    return (node == null || node.isNull())
        ? Optional.empty()
        : Optional.of(RequestBody.textOf(key, node)).filter(text -> !text.isEmpty());
  }

  /** Code 1100 for an unknown name of a metric. */
  public static MetricType metric(String field, String name) {
    return MetricType.fromName(name)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "metric type is unknown: metricType=" + name + " field=" + field));
  }
}
