package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** A collection with nullable vectors of every type, and what its rows must be. */
final class NullableRows {
  static final int THIRDS = 3;

  private final RestClient client;
  private final Random random;
  private final Map<String, VectorCase> fields = new HashMap<>();
  private final Map<String, BitSet> present = new HashMap<>();
  private int count;

  NullableRows(RestClient client, Random random) {
    this.client = client;
    this.random = random;
  }

  List<String> fieldNames() {
    return new ArrayList<>(new TreeSet<>(fields.keySet()));
  }

  VectorCase field(String name) {
    return fields.get(name);
  }

  boolean isPresent(String field, int row) {
    return present.get(field).get(row);
  }

  int count() {
    return count;
  }

  /** The rows that have a vector and pass. */
  Set<Integer> rows(String field, IntPredicate passes) {
    Set<Integer> rows = new TreeSet<>();
    present.get(field).stream().filter(passes).forEach(rows::add);
    return rows;
  }

  static ObjectNode body() {
    return RestClient.object().put("collectionName", "nullable");
  }

  void know(String name, VectorCase field) {
    fields.put(name, field);
    present.put(name, new BitSet());
  }

  static ObjectNode schemaOf(String name, VectorCase field) {
    ObjectNode schema =
        RestClient.object().put("fieldName", name).put("dataType", field.dataType());
    schema.put("nullable", true);
    if (!field.sparse()) {
      schema.putObject("elementTypeParams").put("dim", VectorCase.DIMENSION);
    }
    return schema;
  }

  static ObjectNode indexOf(String name, VectorCase field) {
    ObjectNode index = RestClient.object().put("fieldName", name).put("indexName", name);
    index.put("metricType", field.metric()).put("indexType", field.indexType());
    index.set("params", field.buildParameters());
    return index;
  }

  void create() throws Exception {
    ObjectNode body = body();
    ArrayNode schema = body.putObject("schema").putArray("fields");
    schema.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    schema.addObject().put("fieldName", "third").put("dataType", "Int64");
    ArrayNode indexes = body.putArray("indexParams");
    for (String name : fieldNames()) {
      schema.add(schemaOf(name, field(name)));
      indexes.add(indexOf(name, field(name)));
    }
    client.ok("collections/create", body);
  }

  /** Inserts rows of which some give null and some nothing. */
  void insert(int more) throws Exception {
    ObjectNode body = body();
    ArrayNode data = body.putArray("data");
    for (int row = count; row < count + more; row++) {
      ObjectNode given = data.addObject().put("id", row).put("third", row % THIRDS);
      for (String name : fieldNames()) {
        set(given, name, row, random.nextInt(10));
      }
    }
    count += more;
    client.ok("entities/insert", body);
  }

  /** Gives other rows vectors, by whole rows or by their changed fields. */
  void upsert(int rows, boolean partial) throws Exception {
    ObjectNode body = body().put("partialUpdate", partial);
    ArrayNode data = body.putArray("data");
    random
        .ints(0, count)
        .distinct()
        .limit(rows)
        .forEach(
            row -> {
              ObjectNode given = data.addObject().put("id", row);
              if (!partial) {
                given.put("third", row % THIRDS);
              }
              for (String name : fieldNames()) {
                if (!partial || random.nextInt(3) == 0) {
                  // What a partial row does not give stays as it is.
                  set(given, name, row, partial ? 2 + random.nextInt(8) : random.nextInt(10));
                }
              }
            });
    client.ok("entities/upsert", body);
  }

  /** Of the choices from 0 to 9, 0 and 1 leave the field out, 2 and 3 give null. */
  private void set(ObjectNode given, String name, int row, int choice) {
    present.get(name).set(row, choice > 3);
    if (choice > 3) {
      given.set(name, field(name).json(row));
    } else if (choice > 1) {
      given.putNull(name);
    }
  }

  ObjectNode search(String field, int query, int limit, String filter) {
    ObjectNode body = body().put("annsField", field).put("limit", limit).put("filter", filter);
    body.put("consistencyLevel", "Strong").putArray("data").add(field(field).json(query));
    body.putObject("searchParams").set("params", field(field).searchParameters());
    body.putArray("outputFields").add("third").add(field);
    return body;
  }

  long count(String filter) throws Exception {
    ObjectNode body = body().put("filter", filter).put("consistencyLevel", "Strong");
    body.putArray("outputFields").add("count(*)");
    return client.ok("entities/query", body).get(0).get("count(*)").asLong();
  }

  static Set<Integer> ids(JsonNode hits) {
    Set<Integer> ids = new TreeSet<>();
    hits.forEach(hit -> ids.add(hit.get("id").intValue()));
    return ids;
  }
}
