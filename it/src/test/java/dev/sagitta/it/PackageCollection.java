package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A collection of Debian packages, each with a vector made from its number. */
final class PackageCollection {
  static final int DIMENSION = 8;
  private static final int ROWS_OF_REQUEST = 500;

  private final RestClient client;
  private final String database;
  private final String name;

  PackageCollection(RestClient client, String database, String name) {
    this.client = client;
    this.database = database;
    this.name = name;
  }

  /** The body of a request about the collection. */
  ObjectNode body() {
    return RestClient.object().put("dbName", database).put("collectionName", name);
  }

  /**
   * Creates it with an index, loaded.
   *
   * @param change adds to the request and to its fields
   */
  void create(BiConsumer<ObjectNode, ArrayNode> change) throws Exception {
    ObjectNode body = body();
    ArrayNode fields = body.putObject("schema").putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    text(fields, "name", 200);
    text(fields, "section", 100);
    fields.addObject().put("fieldName", "kib").put("dataType", "Int64");
    ObjectNode vector = fields.addObject().put("fieldName", "vector");
    vector.put("dataType", "FloatVector").putObject("elementTypeParams").put("dim", DIMENSION);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "L2")
        .put("indexType", "HNSW")
        .putObject("params")
        .put("M", 8)
        .put("efConstruction", 60);
    change.accept(body, fields);
    client.ok("collections/create", body);
  }

  static ObjectNode text(ArrayNode fields, String field, int length) {
    ObjectNode added = fields.addObject().put("fieldName", field).put("dataType", "VarChar");
    added.putObject("elementTypeParams").put("max_length", length);
    return added;
  }

  /**
   * Inserts packages.
   *
   * @param change adds to the row of a package
   */
  void insert(Collection<JsonNode> packages, BiConsumer<ObjectNode, JsonNode> change)
      throws Exception {
    ObjectNode body = body();
    ArrayNode data = body.putArray("data");
    for (JsonNode source : packages) {
      change.accept(addRow(data, source), source);
      if (data.size() == ROWS_OF_REQUEST) {
        client.ok("entities/insert", body);
        data.removeAll();
      }
    }
    if (!data.isEmpty()) {
      client.ok("entities/insert", body);
    }
  }

  private static ObjectNode addRow(ArrayNode data, JsonNode source) {
    long id = source.get("id").asLong();
    ObjectNode row = data.addObject().put("id", id);
    row.put("name", source.get("name").asText()).put("section", source.get("section").asText());
    row.put("kib", source.get("installed_kib").asLong());
    ArrayNode vector = row.putArray("vector");
    for (int i = 0; i < DIMENSION; i++) {
      vector.add((id >> (2 * i)) % 10);
    }
    return row;
  }

  JsonNode answer(String path, ObjectNode body) throws Exception {
    return client.call(path, body);
  }

  JsonNode ok(String path, ObjectNode body) throws Exception {
    return client.ok(path, body);
  }

  void flush() throws Exception {
    client.ok("collections/flush", body());
  }

  JsonNode describe() throws Exception {
    return client.ok("collections/describe", body());
  }

  /** The description of a field. */
  JsonNode field(String field) throws Exception {
    for (JsonNode described : describe().get("fields")) {
      if (described.get("name").asText().equals(field)) {
        return described;
      }
    }
    throw new AssertionError("no such field: " + field);
  }

  long count(String filter) throws Exception {
    ObjectNode body = body().put("filter", filter).put("consistencyLevel", "Strong");
    body.putArray("outputFields").add("count(*)");
    return client.ok("entities/query", body).get(0).get("count(*)").asLong();
  }

  JsonNode query(String filter, String... outputFields) throws Exception {
    ObjectNode body = body().put("filter", filter).put("consistencyLevel", "Strong");
    body.put("limit", 16_384);
    ArrayNode fields = body.putArray("outputFields");
    for (String field : outputFields) {
      fields.add(field);
    }
    return client.ok("entities/query", body);
  }

  Set<Long> ids(String filter) throws Exception {
    Set<Long> ids = new TreeSet<>();
    query(filter, "id").forEach(row -> ids.add(row.get("id").asLong()));
    return ids;
  }

  /** A search for the vector of ones. */
  JsonNode search(String filter, int limit, String... outputFields) throws Exception {
    return client.ok("entities/search", searchBody(filter, limit, outputFields));
  }

  ObjectNode searchBody(String filter, int limit, String... outputFields) {
    ObjectNode body = body().put("filter", filter).put("limit", limit);
    body.put("consistencyLevel", "Strong");
    ArrayNode vector = body.putArray("data").addArray();
    for (int i = 0; i < DIMENSION; i++) {
      vector.add(1);
    }
    ArrayNode fields = body.putArray("outputFields");
    for (String field : outputFields) {
      fields.add(field);
    }
    return body;
  }

  /** Rows that the catalog knows of: flushed ones, deleted ones included. */
  long storedRows() throws Exception {
    return client.ok("collections/get_stats", body()).get("rowCount").asLong();
  }
}
