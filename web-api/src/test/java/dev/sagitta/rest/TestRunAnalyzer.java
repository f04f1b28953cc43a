package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** {@code /common/run_analyzer}. */
final class TestRunAnalyzer {
  private final RestHarness rest = new RestHarness();

  @Test
  void parametersAsTextOrObject() {
    JsonNode plain =
        rest.ok("/common/run_analyzer", "{\"text\": [\"Hello, World\", \"\"]}").get("data");
    assertThat(plain.toString())
        .isEqualTo(
            "{\"results\":[{\"tokens\":[{\"token\":\"hello\"},{\"token\":\"world\"}]},{\"tokens\":[]}]}");
    String english = "{\"text\": \"Running dogs\", \"analyzerParams\": %s, \"withDetail\": true}";
    JsonNode asText =
        rest.ok("/common/run_analyzer", english.formatted("\"{\\\"type\\\": \\\"english\\\"}\""));
    JsonNode asObject =
        rest.ok("/common/run_analyzer", english.formatted("{\"type\": \"english\"}"));
    assertThat(asText).isEqualTo(asObject);
    assertThat(asText.at("/data/results/0/tokens/1").toString())
        .isEqualTo(
            "{\"token\":\"dog\",\"startOffset\":8,\"endOffset\":12,\"position\":1,\"positionLength\":1}");
  }

  @Test
  void parametersOfAField() {
    rest.ok(
        "/collections/create",
        """
        {"collectionName": "texts", "schema": {"fields": [
          {"fieldName": "key", "dataType": "Int64", "isPrimary": true},
          {"fieldName": "plain", "dataType": "VarChar", "elementTypeParams": {"max_length": 9}},
          {"fieldName": "text", "dataType": "VarChar", "elementTypeParams": {"max_length": 99,
           "enable_analyzer": true, "analyzer_params": {"tokenizer": "whitespace"}}},
          {"fieldName": "v", "dataType": "FloatVector", "elementTypeParams": {"dim": 8}}]}}
        """);
    JsonNode answer =
        rest.ok(
            "/common/run_analyzer",
            "{\"text\": [\"A,b C\"], \"collectionName\": \"texts\", \"fieldName\": \"text\"}");
    assertThat(answer.at("/data/results/0/tokens").toString())
        .isEqualTo("[{\"token\":\"A,b\"},{\"token\":\"C\"}]");
    JsonNode refused =
        rest.post(
            "/common/run_analyzer",
            "{\"text\": [\"a\"], \"collectionName\": \"texts\", \"fieldName\": \"plain\"}");
    assertThat(refused.get("code").intValue()).isEqualTo(1100);
    assertThat(refused.get("message").textValue()).contains("fieldName=plain");
  }

  private static final String SEVERAL =
      """
      {"collectionName": "%s", "schema": {"fields": [
        {"fieldName": "key", "dataType": "Int64", "isPrimary": true},
        {"fieldName": "language", "dataType": "VarChar", "elementTypeParams": {"max_length": 9}},
        {"fieldName": "text", "dataType": "VarChar", "elementTypeParams": {"max_length": 99,
         "enable_analyzer": true, "multi_analyzer_params": %s}},
        {"fieldName": "v", "dataType": "FloatVector", "elementTypeParams": {"dim": 8}}]}}
      """;

  @Test
  void severalAnalyzersOfAField() {
    rest.ok(
        "/collections/create",
        SEVERAL.formatted(
            "several",
            """
            {"by_field": "language", "alias": {"en": "english"}, "analyzers":
             {"english": {"type": "english"}, "default": {"tokenizer": "whitespace"}}}
            """));
    String run =
        "{\"text\": [\"Running Dogs\", \"Running Dogs\"], \"collectionName\": \"several\","
            + " \"fieldName\": \"text\", \"analyzerNames\": %s}";
    JsonNode answer =
        rest.ok("/common/run_analyzer", run.formatted("[\"en\", \"klingon\"]")).get("data");
    assertThat(answer.toString())
        .isEqualTo(
            "{\"results\":[{\"tokens\":[{\"token\":\"run\"},{\"token\":\"dog\"}]},"
                + "{\"tokens\":[{\"token\":\"Running\"},{\"token\":\"Dogs\"}]}]}");
    JsonNode wrong = rest.post("/common/run_analyzer", run.formatted("[\"en\", \"en\", \"en\"]"));
    assertThat(wrong.get("code").intValue()).isEqualTo(1100);
    refusedSeveral("{\"analyzers\": {\"default\": {}}}", "must set by_field");
    refusedSeveral("{\"by_field\": \"language\"}", "must set analyzers");
    refusedSeveral(
        "{\"by_field\": \"language\", \"analyzers\": {\"x\": {}}}", "must set default analyzer");
    refusedSeveral("{\"by_field\": \"key\", \"analyzers\": {\"default\": {}}}", "is not string");
    refusedSeveral(
        "{\"by_field\": \"none\", \"analyzers\": {\"default\": {}}}", "none not exist in");
    refusedSeveral(
        "{\"by_field\": \"language\", \"analyzers\": {\"default\": {}}}, \"enable_match\": true",
        "only support for bm25");
    refusedSeveral(
        "{\"by_field\": \"language\", \"analyzers\": {\"default\": {}}}, \"analyzer_params\": {}",
        "should be none if has multi analyzer params");
  }

  private void refusedSeveral(String parameters, String words) {
    JsonNode refused = rest.post("/collections/create", SEVERAL.formatted("refused", parameters));
    assertThat(refused.get("code").intValue()).as(refused.toString()).isEqualTo(1100);
    assertThat(refused.get("message").textValue()).contains(words);
  }

  @Test
  void wrongAnalyzersAreRefusedWhenTheCollectionIsMade() {
    String create =
        """
        {"collectionName": "texts", "schema": {"fields": [
          {"fieldName": "key", "dataType": "Int64", "isPrimary": true},
          {"fieldName": "text", "dataType": "VarChar", "elementTypeParams": {"max_length": 99, %s}},
          {"fieldName": "v", "dataType": "FloatVector", "elementTypeParams": {"dim": 8}}]}}
        """;
    JsonNode unknown =
        rest.post(
            "/collections/create",
            create.formatted("\"enable_analyzer\": true, \"analyzer_params\": {\"type\": \"x\"}"));
    assertThat(unknown.get("code").intValue()).isEqualTo(1100);
    assertThat(unknown.get("message").textValue()).contains("type=x");
    JsonNode unanalyzed =
        rest.post("/collections/create", create.formatted("\"enable_match\": true"));
    assertThat(unanalyzed.get("code").intValue()).isEqualTo(1100);
    assertThat(unanalyzed.get("message").textValue()).contains("text");
  }
}
