package dev.sagitta.it;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Collections of word vectors over REST: create, insert, search, recall. */
final class WordRows {
  private WordRows() {}

  /** Int64 key "id", "vector", and "bucket" = id % 100; indexed as given and loaded. */
  static void create(RestClient client, String name, String indexType, int dimension)
      throws IOException, InterruptedException {
    ObjectNode schema = RestClient.object().put("autoID", false).put("enableDynamicField", false);
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields
        .addObject()
        .put("fieldName", "vector")
        .put("dataType", "FloatVector")
        .putObject("elementTypeParams")
        .put("dim", dimension);
    fields.addObject().put("fieldName", "bucket").put("dataType", "Int32");
    ObjectNode body = RestClient.object().put("collectionName", name);
    body.set("schema", schema);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "COSINE")
        .put("indexType", indexType);
    client.ok("collections/create", body);
  }

  /** Inserts rows [from, to) of the base with id = row number. */
  static void insert(RestClient client, String name, float[][] base, int from, int to)
      throws IOException, InterruptedException {
    write(client, "insert", name, base, from, to);
  }

  static void write(
      RestClient client, String operation, String name, float[][] base, int from, int to)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = RestClient.JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("collectionName", name);
      json.writeArrayFieldStart("data");
      for (int row = from; row < to; row++) {
        json.writeStartObject();
        json.writeNumberField("id", row);
        json.writeNumberField("bucket", row % 100);
        writeVector(json, "vector", base[row % base.length]);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    JsonNode answer =
        RestClient.JSON.readTree(
            client.post("/v2/vectordb/entities/" + operation, body.toByteArray(), Map.of()).body());
    if (answer.path("code").asInt(-1) != 0) {
      throw new AssertionError(operation + " failed: " + answer);
    }
  }

  private static void writeVector(JsonGenerator json, String name, float[] vector)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (float value : vector) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  static ObjectNode searchBody(String name, float[] query, int limit) {
    ObjectNode body = RestClient.object().put("collectionName", name).put("limit", limit);
    body.put("annsField", "vector");
    ArrayNode vector = body.putArray("data").addArray();
    for (float value : query) {
      vector.add(value);
    }
    body.putArray("outputFields").add("id");
    return body;
  }

  /** Share of the true ten nearest rows that default searches find. */
  static double recall(RestClient client, String name, WordVectors words, int queries)
      throws IOException, InterruptedException {
    int found = 0;
    for (int i = 0; i < queries; i++) {
      JsonNode hits = client.ok("entities/search", searchBody(name, words.queries()[i], 10));
      for (int neighbor : words.neighbors()[i]) {
        for (JsonNode hit : hits) {
          if (hit.get("id").asLong() == neighbor) {
            found++;
            break;
          }
        }
      }
    }
    return found / (10.0 * queries);
  }
}
