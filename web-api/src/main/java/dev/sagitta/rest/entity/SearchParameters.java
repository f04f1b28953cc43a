package dev.sagitta.rest.entity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.rest.index.IndexParameters;
import dev.sagitta.rest.json.RequestBody;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The {@code searchParams} of a search. What stands at the top and what stands in {@code params} is
 * one set of parameters.
 *
 * @param metric metric that the client expects, if it names one
 * @param roundDecimal decimals to round scores to, if wanted
 * @param index parameters of the index, and the bounds of a range search
 * @param ignoreGrowing whether rows of growing segments are left out
 * @param others all other parameters by name, as text
 */
record SearchParameters(
    Optional<MetricType> metric,
    OptionalInt roundDecimal,
    IndexSearchParameters index,
    boolean ignoreGrowing,
    Map<String, String> others) {
  private static final int MAXIMUM_ROUND_DECIMAL = 6;
  private static final Set<String> HINTS = Set.of("", "disable", "iterative_filter");

  SearchParameters {
    others = Map.copyOf(others);
  }

  /**
   * Parses parameters.
   *
   * @param field the searched field
   * @param members the object's members
   */
  static SearchParameters parse(String field, Map<String, JsonNode> members) {
    Map<String, String> merged = merge(members);
    Optional<String> metric =
        Optional.ofNullable(merged.remove("metric_type")).filter(name -> !name.isEmpty());
    OptionalDouble radius = number(merged, "radius");
    OptionalDouble rangeFilter = number(merged, "range_filter");
    if (radius.isEmpty() && rangeFilter.isPresent()) {
      throw SagittaException.invalidParameter(
          "range_filter needs radius: range_filter=" + rangeFilter.getAsDouble());
    }
    OptionalInt roundDecimal = roundDecimal(merged);
    checkHints(merged);
    boolean ignoreGrowing = ParameterTexts.flag(merged, "ignore_growing").orElse(false);
    return new SearchParameters(
        metric.map(name -> IndexParameters.metric(field, name)),
        roundDecimal,
        new IndexSearchParameters(merged, radius, rangeFilter),
        ignoreGrowing,
        merged);
  }

  /** Whether only hits of a range of scores are wanted. */
  boolean isRangeSearch() {
    return index.radius().isPresent();
  }

  /**
   * A hint chooses how a search is carried out, on the node; one that Milvus does not know is an
   * error there, too.
   */
  private static void checkHints(Map<String, String> merged) {
    String hints = merged.getOrDefault("hints", "");
    if (!HINTS.contains(hints)) {
      throw SagittaException.invalidParameter(
          "invalid search hints, supported are [disable, iterative_filter]: hints=" + hints);
    }
  }

  private static Map<String, String> merge(Map<String, JsonNode> members) {
    Map<String, String> merged = new LinkedHashMap<>();
    members.forEach(
        (name, node) -> {
          if (!name.equals("params") && !node.isNull()) {
            put(merged, name, RequestBody.parameterText(node));
          }
        });
    JsonNode nested = members.get("params");
    if (nested != null && !nested.isNull()) {
      RequestBody.parameterTexts(RequestBody.membersOf("searchParams.params", nested))
          .forEach((name, value) -> put(merged, name, value));
    }
    return merged;
  }

  private static void put(Map<String, String> merged, String name, String value) {
    String canonical = name.equals("metricType") ? "metric_type" : name;
    String earlier = merged.putIfAbsent(canonical, value);
    if (earlier != null && !earlier.equals(value)) {
      throw SagittaException.invalidParameter(
          "ambiguous parameter: searchParams." + name + "=" + earlier + " and " + value);
    }
  }

  private static OptionalDouble number(Map<String, String> merged, String name) {
    String text = merged.remove(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw notANumber(name, text);
    }
    throw notANumber(name, text);
  }

  static OptionalInt roundDecimal(Map<String, String> merged) {
    String text = merged.remove("round_decimal");
    if (text == null || text.equals("-1")) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= MAXIMUM_ROUND_DECIMAL) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      throw notANumber("round_decimal", text);
    }
    throw SagittaException.invalidParameter(
        "round_decimal should be in range [-1, "
            + MAXIMUM_ROUND_DECIMAL
            + "]: round_decimal="
            + text);
  }

  private static SagittaException notANumber(String name, String text) {
    return SagittaException.invalidParameter(
        "search parameter is not a number: searchParams." + name + "=" + text);
  }
}
