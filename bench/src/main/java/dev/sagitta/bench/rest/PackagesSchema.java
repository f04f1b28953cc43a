package dev.sagitta.bench.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The collection of packages: scalars, tags, texts, an embedding, and terms of the text. */
final class PackagesSchema {
  private PackagesSchema() {}

  /** Whether the server takes a collection whose text is searched by BM25. */
  static boolean hasFullText(RestServer server) throws IOException {
    String probe = "probe_" + System.currentTimeMillis();
    byte[] body =
        JsonBody.of(
            json -> {
              json.writeStringField("collectionName", probe);
              members(8, true).write(json);
            });
    if (server.ask("collections/create", body).path("code").asInt(-1) != 0) {
      return false;
    }
    server.call(
        "collections/drop", JsonBody.of(json -> json.writeStringField("collectionName", probe)));
    return true;
  }

  /** The members of the request that creates the collection. */
  static JsonBody.Members members(int dimension, boolean fullText) {
    return json -> {
      json.writeObjectFieldStart("schema");
      json.writeArrayFieldStart("fields");
      json.writeStartObject();
      json.writeStringField("fieldName", "id");
      json.writeStringField("dataType", "Int64");
      json.writeBooleanField("isPrimary", true);
      json.writeEndObject();
      for (String name : new String[] {"name", "section", "summary"}) {
        text(json, name, false);
      }
      text(json, "description", fullText);
      scalar(json, "installed_kib", "Int64");
      scalar(json, "size_bytes", "Int64");
      json.writeStartObject();
      json.writeStringField("fieldName", "tags");
      json.writeStringField("dataType", "Array");
      json.writeStringField("elementDataType", "VarChar");
      json.writeObjectFieldStart("elementTypeParams");
      json.writeNumberField("max_capacity", 256);
      json.writeNumberField("max_length", 200);
      json.writeEndObject();
      json.writeEndObject();
      json.writeStartObject();
      json.writeStringField("fieldName", "vector");
      json.writeStringField("dataType", "FloatVector");
      json.writeObjectFieldStart("elementTypeParams");
      json.writeNumberField("dim", dimension);
      json.writeEndObject();
      json.writeEndObject();
      if (fullText) {
        scalar(json, "words", "SparseFloatVector");
      }
      json.writeEndArray();
      if (fullText) {
        function(json);
      }
      json.writeEndObject();
      json.writeArrayFieldStart("indexParams");
      index(json, "vector", "AUTOINDEX", "COSINE");
      if (fullText) {
        index(json, "words", "SPARSE_INVERTED_INDEX", "BM25");
      }
      json.writeEndArray();
    };
  }

  private static void function(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("functions");
    json.writeStartObject();
    json.writeStringField("name", "terms");
    json.writeStringField("type", "BM25");
    JsonBody.writeTexts(json, "inputFieldNames", "description");
    JsonBody.writeTexts(json, "outputFieldNames", "words");
    json.writeObjectFieldStart("params");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void scalar(JsonGenerator json, String name, String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("fieldName", name);
    json.writeStringField("dataType", type);
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, boolean analyzed) throws IOException {
    json.writeStartObject();
    json.writeStringField("fieldName", name);
    json.writeStringField("dataType", "VarChar");
    json.writeObjectFieldStart("elementTypeParams");
    json.writeNumberField("max_length", 65_535);
    if (analyzed) {
      json.writeBooleanField("enable_analyzer", true);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void index(JsonGenerator json, String field, String type, String metric)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("fieldName", field);
    json.writeStringField("indexName", field);
    json.writeStringField("indexType", type);
    json.writeStringField("metricType", metric);
    json.writeEndObject();
  }
}
