package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A function comes to a collection with rows, changes, and goes. */
final class ChangedFunctions {
  private ChangedFunctions() {}

  static void check(RestClient client, EmbeddingService service) throws Exception {
    ObjectNode create = body();
    ArrayNode fields = create.putObject("schema").putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    PackageCollection.text(fields, "text", 100);
    fields
        .addObject()
        .put("fieldName", "vector")
        .put("dataType", "FloatVector")
        .putObject("elementTypeParams")
        .put("dim", EmbeddingService.DIMENSION);
    ObjectNode index = create.putArray("indexParams").addObject().put("fieldName", "vector");
    index.put("indexName", "vector").put("metricType", "L2");
    client.ok("collections/create", create);
    client.ok("entities/insert", row(1, "aaaa", true));
    refuses(client, "entities/insert", row(2, "bbbb", false), "missing vector field: vector");

    refuses(client, "collections/add_function", function(service, "BM25"), "adding BM25 function");
    ObjectNode tooWide = function(service, "TextEmbedding");
    ((ObjectNode) tooWide.at("/function/params")).put("provider", "nobody");
    refuses(client, "collections/add_function", tooWide, "unsupported text embedding service");
    client.ok("collections/add_function", function(service, "TextEmbedding"));
    JsonNode described = client.ok("collections/describe", body());
    assertThat(described.at("/functions/0/name").asText()).isEqualTo("embed");
    assertThat(described.at("/fields/2/isFunctionOutput").asBoolean()).isTrue();
    client.ok("entities/insert", row(2, "bbbb", false));
    assertThat(nearest(client, "bbb")).isEqualTo(2);
    refuses(client, "entities/insert", row(3, "cccc", true), "vector");

    try (EmbeddingService later = new EmbeddingService()) {
      service.fail(true);
      refuses(client, "entities/insert", row(4, "cccc", false), "function [embed] failed");
      client.ok("collections/alter_function", function(later, "TextEmbedding"));
      client.ok("entities/insert", row(4, "cccc", false));
      assertThat(nearest(client, "cccc")).isEqualTo(4);
      service.fail(false);
    }
    ObjectNode another = function(service, "TextEmbedding").put("functionName", "other");
    refuses(client, "collections/alter_function", another, "name not match");

    client.ok("collections/drop_function", body().put("FunctionName", "embed"));
    client.ok("collections/drop_function", body().put("FunctionName", "embed"));
    client.ok("entities/insert", row(6, "aaaa", true));
    ObjectNode byText = body();
    byText.putArray("data").add("aaaa");
    refuses(client, "entities/search", byText, "");
    assertThat(client.count("functions", "Strong")).isEqualTo(4);
  }

  private static ObjectNode body() {
    return RestClient.object().put("collectionName", "functions");
  }

  private static ObjectNode row(int id, String text, boolean withVector) {
    ObjectNode body = body();
    ObjectNode row = body.putArray("data").addObject().put("id", id).put("text", text);
    if (withVector) {
      row.putArray("vector").add(9).add(9).add(9).add(9);
    }
    return body;
  }

  private static ObjectNode function(EmbeddingService service, String type) {
    ObjectNode body = body().put("functionName", "embed");
    ObjectNode function = body.putObject("function").put("name", "embed").put("type", type);
    function.putArray("inputFieldNames").add("text");
    function.putArray("outputFieldNames").add("vector");
    function.putObject("params").put("provider", "tei").put("endpoint", service.url(""));
    return body;
  }

  private static int nearest(RestClient client, String text) throws Exception {
    ObjectNode body = body().put("limit", 1).put("consistencyLevel", "Strong");
    body.putArray("data").add(text);
    return client.ok("entities/search", body).get(0).get("id").asInt();
  }

  private static void refuses(RestClient client, String path, ObjectNode body, String reason)
      throws Exception {
    JsonNode answer = client.call(path, body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isNotZero();
    assertThat(answer.get("message").asText()).contains(reason);
  }
}
