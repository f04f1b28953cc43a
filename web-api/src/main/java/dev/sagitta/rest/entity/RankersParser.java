package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.proxy.rank.DecayRanker;
import dev.sagitta.proxy.rank.DecayShape;
import dev.sagitta.proxy.rank.ModelRanker;
import dev.sagitta.proxy.rank.Ranker;
import dev.sagitta.proxy.rank.ReciprocalRankRanker;
import dev.sagitta.proxy.rank.ScoreMode;
import dev.sagitta.proxy.rank.WeightedRanker;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.ScoreBoost;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.collection.FunctionsParser;
import dev.sagitta.rest.json.Json;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Reads rankers: the functions of {@code functionScore}, and the older {@code rerank}. */
final class RankersParser {
  private RankersParser() {}

  /**
   * What the functions of a request come to.
   *
   * @param ranker the one function that gives hits new scores, if there is one
   * @param boost all functions that change scores while searching
   */
  record Functions(Optional<Ranker> ranker, Optional<ScoreBoost> boost) {
    static final Functions NONE = new Functions(Optional.empty(), Optional.empty());
  }

  /** The functions of {@code functionScore}; code 1100 for those that cannot be. */
  static Functions functions(RequestContext context, CollectionSchema schema, RequestBody body) {
    Map<String, JsonNode> members = body.members("functionScore");
    List<FunctionSchema> functions =
        FunctionsParser.parse("functionScore.functions", members.get("functions"));
    Optional<Ranker> ranker = Optional.empty();
    List<ScoreBoost.Function> boosts = new ArrayList<>();
    for (FunctionSchema function : functions) {
      if (function.type() != FunctionType.RERANK) {
        throw SagittaException.invalidParameter(
            function.type().milvusName()
                + " is not a rerank function: functionScore.functions name="
                + function.name());
      }
      if (rerankerOf(function).equals("boost")) {
        boosts.add(boost(schema, function));
      } else if (ranker.isPresent()) {
        throw SagittaException.invalidParameter(
            "Currently only supports one rerank: functionScore.functions name=" + function.name());
      } else {
        ranker = Optional.of(ranker(context, schema, function));
      }
    }
    Map<String, JsonNode> params =
        members.containsKey("params") && !members.get("params").isNull()
            ? RequestBody.membersOf("functionScore.params", members.get("params"))
            : Map.of();
    return new Functions(ranker, boost(boosts, RequestBody.parameterTexts(params)));
  }

  /** The older way to name a ranker: strategy and params; reciprocal ranks if it is absent. */
  static Ranker legacy(RequestBody body) {
    Map<String, JsonNode> members = body.members("rerank");
    JsonNode strategy = members.get("strategy");
    JsonNode params = members.get("params");
    Map<String, String> parameters =
        params == null || params.isNull()
            ? Map.of()
            : RequestBody.parameterTexts(RequestBody.membersOf("rerank.params", params));
    String name =
        strategy == null || strategy.isNull()
            ? ""
            : RequestBody.textOf("rerank.strategy", strategy);
    return switch (name) {
      case "", "rrf" -> reciprocalRank(parameters);
      case "weighted" ->
          new WeightedRanker(
              weights(parameters), ParameterTexts.flag(parameters, "norm_score").orElse(true));
      default ->
          throw SagittaException.invalidParameter("unsupported rank type " + name + ": rerank");
    };
  }

  private static String rerankerOf(FunctionSchema function) {
    return Optional.ofNullable(function.parameters().get("reranker"))
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "reranker name not found: function=" + function.name()));
  }

  private static Ranker ranker(
      RequestContext context, CollectionSchema schema, FunctionSchema function) {
    Map<String, String> parameters = function.parameters();
    String name = rerankerOf(function);
    return switch (name) {
      case "rrf" -> reciprocalRank(withoutInput(function, parameters));
      case "weighted" ->
          new WeightedRanker(
              weights(withoutInput(function, parameters)),
              ParameterTexts.flag(parameters, "norm_score").orElse(false));
      case "decay" -> decay(schema, function);
      case "model" -> model(context, schema, function);
      default ->
          throw SagittaException.invalidParameter("unsupported rerank function: [" + name + "]");
    };
  }

  private static Map<String, String> withoutInput(
      FunctionSchema function, Map<String, String> parameters) {
    if (!function.inputFieldNames().isEmpty()) {
      throw SagittaException.invalidParameter(
          "rerank function takes no input fields: function="
              + function.name()
              + " inputFieldNames="
              + function.inputFieldNames());
    }
    return parameters;
  }

  private static Ranker reciprocalRank(Map<String, String> parameters) {
    return new ReciprocalRankRanker(
        ParameterTexts.number(parameters, "k").orElse(ReciprocalRankRanker.DEFAULT_K));
  }

  private static List<Double> weights(Map<String, String> parameters) {
    String text = parameters.get("weights");
    if (text == null) {
      throw SagittaException.invalidParameter("weights not found: rerank.params");
    }
    List<Double> weights = new ArrayList<>();
    for (JsonNode weight : jsonArray(parameters, "weights")) {
      if (!weight.isNumber()) {
        throw SagittaException.invalidParameter(
            "weights must be numbers: weights=" + JsonErrors.shorten(text));
      }
      weights.add(weight.doubleValue());
    }
    return weights;
  }

  /** The array of that name; code 1100 if it is something else. */
  private static JsonNode jsonArray(Map<String, String> parameters, String name) {
    String text = parameters.getOrDefault(name, "[]");
    try {
      JsonNode array = Json.mapper().readTree(text);
      if (array.isArray()) {
        return array;
      }
    } catch (JsonProcessingException e) {
      throw notAnArray(name, text);
    }
    throw notAnArray(name, text);
  }

  private static SagittaException notAnArray(String name, String text) {
    return SagittaException.invalidParameter(
        name + " must be an array: " + name + "=" + JsonErrors.shorten(text));
  }

  private static Ranker decay(CollectionSchema schema, FunctionSchema function) {
    Map<String, String> parameters = function.parameters();
    FieldSchema field = input(schema, function);
    if (!field.type().isInteger() && !field.type().isFloatingPoint()) {
      throw SagittaException.invalidParameter(
          "Decay rerank: unsupported input field type: "
              + field.type().milvusName()
              + ": field="
              + field.name());
    }
    return new DecayRanker(
        field.id(),
        DecayShape.of(
            Optional.ofNullable(parameters.get("function"))
                .orElseThrow(
                    () ->
                        SagittaException.invalidParameter("Decay function lost param: function"))),
        ParameterTexts.requiredNumber(parameters, "origin", "Decay function"),
        ParameterTexts.requiredNumber(parameters, "scale", "Decay function"),
        ParameterTexts.number(parameters, "offset").orElse(0),
        ParameterTexts.number(parameters, "decay").orElse(DecayRanker.DEFAULT_DECAY),
        ParameterTexts.flag(parameters, "norm_score").orElse(false),
        ScoreMode.of("score_mode", parameters.getOrDefault("score_mode", "max")));
  }

  private static Ranker model(
      RequestContext context, CollectionSchema schema, FunctionSchema function) {
    FieldSchema field = input(schema, function);
    if (field.type() != DataType.VARCHAR) {
      throw SagittaException.invalidParameter(
          "Rerank model only support varchar, bug got ["
              + field.type().milvusName()
              + "]: field="
              + field.name());
    }
    List<String> queries = new ArrayList<>();
    for (JsonNode query : jsonArray(function.parameters(), "queries")) {
      queries.add(RequestBody.textOf("queries", query));
    }
    if (queries.isEmpty()) {
      throw SagittaException.invalidParameter("Rerank function lost params queries");
    }
    return new ModelRanker(
        field.id(), queries, context.services().searches().rerankModel(function.parameters()));
  }

  private static FieldSchema input(CollectionSchema schema, FunctionSchema function) {
    if (function.inputFieldNames().size() != 1) {
      throw SagittaException.invalidParameter(
          "rerank function takes one input field: function="
              + function.name()
              + " inputFieldNames="
              + function.inputFieldNames());
    }
    String name = function.inputFieldNames().getFirst();
    return schema
        .field(name)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "function input field not found: field="
                        + name
                        + " function="
                        + function.name()));
  }

  private static ScoreBoost.Function boost(CollectionSchema schema, FunctionSchema function) {
    Map<String, String> parameters = withoutInput(function, function.parameters());
    String filter = parameters.getOrDefault("filter", "").strip();
    return new ScoreBoost.Function(
        new FilterText(filter, Map.of()),
        (float)
            ParameterTexts.number(parameters, "weight")
                .orElseThrow(
                    () ->
                        SagittaException.invalidParameter(
                            "must set weight params for weight scorer: function="
                                + function.name())),
        Optional.ofNullable(parameters.get("random_score")).map(text -> random(schema, text)));
  }

  private static ScoreBoost.RandomScore random(CollectionSchema schema, String text) {
    Map<String, String> parameters;
    try {
      parameters =
          RequestBody.parameterTexts(
              RequestBody.membersOf("random_score", Json.mapper().readTree(text)));
    } catch (JsonProcessingException e) {
      throw JsonErrors.malformed(e);
    }
    String fieldName = parameters.getOrDefault("field", "");
    OptionalLong fieldId = OptionalLong.empty();
    if (!fieldName.isEmpty()) {
      FieldSchema field =
          schema
              .field(fieldName)
              .filter(found -> found.type().isInteger() || found.type() == DataType.VARCHAR)
              .orElseThrow(
                  () ->
                      SagittaException.invalidParameter(
                          "random_score needs an integer or VarChar field: field=" + fieldName));
      fieldId = OptionalLong.of(field.id());
    }
    long seed =
        ParameterTexts.integer(parameters, "seed")
            .orElseGet(() -> ThreadLocalRandom.current().nextLong());
    return new ScoreBoost.RandomScore(seed, fieldId);
  }

  private static Optional<ScoreBoost> boost(
      List<ScoreBoost.Function> functions, Map<String, String> parameters) {
    boolean addFunctions = isSum(parameters, "function_mode");
    boolean addToScore = isSum(parameters, "boost_mode");
    return functions.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScoreBoost(functions, addFunctions, addToScore));
  }

  private static boolean isSum(Map<String, String> parameters, String name) {
    String mode = parameters.getOrDefault(name, "multiply");
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "sum" -> true;
      case "multiply" -> false;
      default ->
          throw SagittaException.invalidParameter(
              "unknown mode, supported are [multiply, sum]: " + name + "=" + mode);
    };
  }
}
