package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The filter language over REST: points in time with time zones, geometries, templates, samples,
 * long lists, error texts; in a growing segment, in a sealed one, with indexes, and after a crash.
 */
final class TestFilterLanguage {
  private static final String COLLECTION = "events";
  private static final int FILLERS = 1000;

  @Test
  void filtersMeanWhatTheySay(@TempDir Path data) throws Exception {
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      create(client);
      insert(client);
      checkAll(client);
      checkOutput(client);
      refusesValues(client);
      refusesFilters(client);
      samples(client);
      client.ok("collections/flush", RestClient.object().put("collectionName", COLLECTION));
      checkAll(client);
      createIndexes(client);
      checkAll(client);
      server.killNine();
      server.up();
      checkAll(client);
      checkOutput(client);
      deletesAndUpserts(client);
      databaseTimeZone(client);
    }
  }

  private static ObjectNode definition() {
    ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
    ObjectNode schema = body.putObject("schema").put("enableDynamicField", true);
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "at").put("dataType", "Timestamptz").put("nullable", true);
    fields
        .addObject()
        .put("fieldName", "due")
        .put("dataType", "Timestamptz")
        .put("defaultValue", "2025-06-01 00:00:00");
    fields.addObject().put("fieldName", "shape").put("dataType", "Geometry").put("nullable", true);
    fields
        .addObject()
        .put("fieldName", "home")
        .put("dataType", "Geometry")
        .put("defaultValue", "POINT (0 0)");
    fields.addObject().put("fieldName", "info").put("dataType", "JSON").put("nullable", true);
    fields
        .addObject()
        .put("fieldName", "numbers")
        .put("dataType", "Array")
        .put("elementDataType", "Int64")
        .put("nullable", true)
        .putObject("elementTypeParams")
        .put("max_capacity", 10);
    fields
        .addObject()
        .put("fieldName", "vector")
        .put("dataType", "FloatVector")
        .putObject("elementTypeParams")
        .put("dim", 2);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "L2")
        .put("indexType", "FLAT");
    return body;
  }

  private static void create(RestClient client) throws Exception {
    ObjectNode body = definition();
    body.putObject("params").put("timezone", "Mars/Base");
    assertRefused(
        client.call("collections/create", body),
        1100,
        "unknown or invalid IANA Time Zone ID: Mars/Base");
    body.putObject("params").put("timezone", "Asia/Shanghai");
    ((ObjectNode) body.at("/schema/fields/2")).put("defaultValue", "soon");
    assertRefused(
        client.call("collections/create", body), 1100, "got invalid timestamptz string 'soon'");
    ((ObjectNode) body.at("/schema/fields/2")).put("defaultValue", "2025-06-01 00:00:00");
    ((ObjectNode) body.at("/schema/fields/4")).put("defaultValue", "POINT (0");
    assertRefused(
        client.call("collections/create", body), 1100, "invalid default_value of geometry field");
    ((ObjectNode) body.at("/schema/fields/4")).put("defaultValue", "POINT (0 0)");
    client.ok("collections/create", body);

    JsonNode described =
        client.ok("collections/describe", RestClient.object().put("collectionName", COLLECTION));
    assertThat(described.at("/fields/2/type").asText()).isEqualTo("Timestamptz");
    assertThat(described.at("/fields/2/defaultValue/Data/StringData").asText())
        .isEqualTo("2025-06-01T00:00:00+08:00");
    assertThat(described.at("/fields/4/defaultValue/Data/StringData").asText())
        .isEqualTo("POINT (0 0)");
    assertThat(described.get("properties").toString()).contains("Asia/Shanghai");
  }

  private static void insert(RestClient client) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
    ArrayNode rows = body.putArray("data");
    row(rows, 1)
        .put("at", "2025-01-01T00:00:00Z")
        .put("shape", "POINT (1 1)")
        .put("due", "2025-01-02T03:04:05.678+01:00")
        .put("color", "red")
        .put("count", 9007199254740993L);
    row(rows, 2)
        .put("at", "2025-01-01T00:00:00")
        .put("shape", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))")
        .put("home", "LINESTRING (0 0, 1 1)")
        .putObject("info")
        .put("kind", "a")
        .putArray("list")
        .add(1)
        .add(2.5)
        .add("x");
    row(rows, 3)
        .put("at", "2024-02-29 12:00:00.000001")
        .put("shape", "LINESTRING (3 3, 9 9)")
        .putArray("numbers")
        .add(3)
        .add(Long.MAX_VALUE);
    row(rows, 4).putNull("at").put("count", 5);
    for (int i = 0; i < FILLERS; i++) {
      row(rows, 1000 + i).put("at", "1990-01-01T00:00:00Z").put("filler", true);
    }
    client.ok("entities/insert", body);
  }

  private static ObjectNode row(ArrayNode rows, int id) {
    ObjectNode row = rows.addObject().put("id", id);
    row.putArray("vector").add(id).add(1.0f);
    return row;
  }

  private static void checkAll(RestClient client) throws Exception {
    Map<String, List<Integer>> filters = new LinkedHashMap<>();
    filters.put("at == ISO '2025-01-01T00:00:00Z'", List.of(1));
    filters.put("at == ISO '2025-01-01T00:00:00'", List.of(2));
    filters.put("at == ISO \"2025-01-01 08:00:00\"", List.of(1));
    filters.put("at > ISO '2024-06-01T00:00:00Z'", List.of(1, 2));
    filters.put("not (at > ISO '2024-06-01T00:00:00Z') and id < 100", List.of(3));
    filters.put("at + INTERVAL 'P1Y' < ISO '2025-03-01T00:00:00Z' and id < 100", List.of(3));
    filters.put("at - INTERVAL 'PT16H' == ISO '2024-12-31T16:00:00+08:00'", List.of(1));
    filters.put("ISO '2024-12-31T00:00:00Z' < at <= ISO '2024-12-31T16:00:00Z'", List.of(2));
    filters.put("at in [ISO '2025-01-01T00:00:00Z', '2025-01-01T00:00:00']", List.of(1, 2));
    filters.put("at is null", List.of(4));
    filters.put("at < due and id < 100", List.of(1, 2, 3));
    filters.put("due != ISO '2025-06-01T00:00:00+08:00'", List.of(1));
    filters.put("st_within(shape, 'POLYGON ((-1 -1, 5 -1, 5 5, -1 5, -1 -1))')", List.of(1, 2));
    filters.put("ST_INTERSECTS(shape, 'POINT (3.5 3.5)')", List.of(2, 3));
    filters.put("st_contains(shape, 'POINT (2 3)')", List.of(2));
    filters.put("st_crosses(shape, 'LINESTRING (9 3, 3 9)')", List.of(3));
    filters.put("st_equals(home, 'POINT (0 0)') and id < 100", List.of(1, 3, 4));
    filters.put("st_dwithin(shape, 'POINT (1 2)', 112000)", List.of(1, 2));
    filters.put("st_isvalid(shape) and not st_touches(shape, 'POINT (0 0)')", List.of(1, 3));
    filters.put("shape is null and id < 100", List.of(4));
    filters.put("count == 9007199254740993", List.of(1));
    filters.put("count > 9007199254740992", List.of(1));
    filters.put("color != 'red' and id < 100", List.of(2, 3, 4));
    filters.put("exists count", List.of(1, 4));
    filters.put("json_contains_all(info['list'], [1, 'x'])", List.of(2));
    filters.put("array_length(numbers) == 2 and numbers[1] == 9223372036854775807", List.of(3));
    filters.put("id in [" + tenThousand() + "] and id < 100", List.of(2, 4));
    filters.put("id % 2 == 0 && !(id >= 0x64)", List.of(2, 4));
    for (Map.Entry<String, List<Integer>> filter : filters.entrySet()) {
      assertThat(ids(client, filter.getKey(), Map.of()))
          .as(filter.getKey())
          .isEqualTo(filter.getValue());
    }
    checkTemplates(client);
    ObjectNode search = query("st_isvalid(shape) and at > ISO '2024-06-01T00:00:00Z'");
    search.putArray("data").addArray().add(2.0f).add(1.0f);
    search.put("annsField", "vector").put("limit", 5);
    List<Integer> found = new ArrayList<>();
    client.ok("entities/search", search).forEach(hit -> found.add(hit.get("id").asInt()));
    assertThat(found).containsExactly(2, 1);
  }

  private static String tenThousand() {
    return IntStream.range(1, 10_001)
        .mapToObj(i -> Integer.toString(2 * i))
        .reduce((left, right) -> left + ", " + right)
        .orElseThrow();
  }

  private static void checkTemplates(RestClient client) throws Exception {
    assertThat(ids(client, "id in {ids}", Map.of("ids", List.of(1, 3, 77)))).containsExactly(1, 3);
    assertThat(ids(client, "at == ISO {t}", Map.of("t", "2025-01-01T00:00:00Z")))
        .containsExactly(1);
    assertThat(ids(client, "at in {t}", Map.of("t", List.of("2025-01-01T00:00:00"))))
        .containsExactly(2);
    assertThat(ids(client, "st_contains(shape, {w})", Map.of("w", "POINT (2 3)")))
        .containsExactly(2);
    assertThat(
            ids(
                client,
                "color == {c} or info['kind'] like {p} or count == {n} or filler == {b} and id <"
                    + " {m}",
                Map.of("c", "red", "p", "%a", "n", 5.0, "b", false, "m", 100)))
        .containsExactly(1, 2, 4);
    assertThat(ids(client, "json_contains_any(info['list'], {l})", Map.of("l", List.of("x", true))))
        .containsExactly(2);
  }

  private static ObjectNode query(String filter) {
    return RestClient.object()
        .put("collectionName", COLLECTION)
        .put("filter", filter)
        .put("consistencyLevel", "Strong")
        .put("limit", 100);
  }

  private static List<Integer> ids(RestClient client, String filter, Map<String, Object> templates)
      throws Exception {
    ObjectNode body = query(filter);
    body.putArray("outputFields").add("id");
    body.set("exprParams", RestClient.JSON.valueToTree(templates));
    List<Integer> ids = new ArrayList<>();
    client.ok("entities/query", body).forEach(row -> ids.add(row.get("id").asInt()));
    return ids;
  }

  private static void checkOutput(RestClient client) throws Exception {
    JsonNode first = rows(client, "id == 1", "").get(0);
    assertThat(first.get("at").asText()).isEqualTo("2025-01-01T08:00:00+08:00");
    assertThat(first.get("due").asText()).isEqualTo("2025-01-02T10:04:05.678+08:00");
    assertThat(first.get("shape").asText()).isEqualTo("POINT (1 1)");
    assertThat(first.get("home").asText()).isEqualTo("POINT (0 0)");
    JsonNode second = rows(client, "id == 2", "America/New_York").get(0);
    assertThat(second.get("at").asText()).isEqualTo("2024-12-31T11:00:00-05:00");
    assertThat(second.get("due").asText()).isEqualTo("2025-05-31T12:00:00-04:00");
    assertThat(second.get("shape").asText()).isEqualTo("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))");
    JsonNode third = rows(client, "id == 3", "UTC").get(0);
    assertThat(third.get("at").asText()).isEqualTo("2024-02-29T04:00:00.000001Z");
    JsonNode fourth = rows(client, "id == 4", "").get(0);
    assertThat(fourth.get("at").isNull()).isTrue();
    assertThat(fourth.get("shape").isNull()).isTrue();
    // The request's time zone also reads the filter.
    JsonNode local = rows(client, "at == ISO '2024-12-31T19:00:00'", "America/New_York");
    assertThat(local).hasSize(1);
    assertThat(local.get(0).get("id").asInt()).isEqualTo(1);
    assertRefused(
        client.call("entities/query", query("id == 1").put("timezone", "Nowhere")),
        1100,
        "unknown or invalid IANA Time Zone ID: Nowhere");
  }

  private static JsonNode rows(RestClient client, String filter, String timeZone) throws Exception {
    ObjectNode body = query(filter);
    body.putArray("outputFields").add("*");
    if (!timeZone.isEmpty()) {
      body.put("timezone", timeZone);
    }
    return client.ok("entities/query", body);
  }

  private static void refusesValues(RestClient client) throws Exception {
    refusesValue(client, "at", "tomorrow", 1100, "got invalid timestamptz string 'tomorrow'");
    refusesValue(
        client, "at", "2025-01-01T00:00:00+20:00", 1100, "UTC offset hour 20 is out of the valid");
    refusesValue(client, "at", 5, 1804, "expected=Timestamptz as ISO 8601 text");
    refusesValue(client, "shape", "POINT (1", 1100, "insert invalid Geometry data!!");
    refusesValue(client, "shape", true, 1804, "expected=Geometry as well-known text");
  }

  private static void refusesValue(
      RestClient client, String field, Object value, int code, String message) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
    row(body.putArray("data"), 99).set(field, RestClient.JSON.valueToTree(value));
    assertRefused(client.call("entities/insert", body), code, message);
  }

  private static void refusesFilters(RestClient client) throws Exception {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("id ==", "line 1:5 mismatched input");
    filters.put("id", "predicate is not a boolean expression: id, data type: Int64");
    filters.put("id == 'x'", "comparisons between Int64 and VarChar are not supported");
    filters.put("id in [1, 'x']", "value 'x' in list cannot be casted to Int64");
    filters.put("id / 0 == 1", "division or modulus by zero");
    filters.put("id & 1 == 1", "BitAnd is not supported");
    filters.put("id == {v}", "the value of expression template variable name {v} is not found");
    filters.put("at > ISO 'now'", "invalid timestamp string: 'now'");
    filters.put("at > 5", "comparisons between Timestamptz and Int64 are not supported");
    filters.put("st_within(id, 'POINT (1 1)')", "only supported on geometry fields now");
    filters.put("st_within(shape, 'CIRCLE (1)')", "invalid WKT: CIRCLE (1)");
    filters.put("st_dwithin(shape, 'POINT (1 1)', -5)", "must be non-negative");
    filters.put("random_sample(2.0)", "the sample factor should be between 0 and 1");
    filters.put("random_sample(0.1) or id == 1", "can only be the last expression");
    filters.put("vector is null", "not supported on vector fields");
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      String start = "cannot parse expression: " + filter.getKey() + ", error: ";
      JsonNode queried = client.call("entities/query", query(filter.getKey()));
      assertRefused(queried, 1100, "failed to create query plan: " + start);
      assertRefused(queried, 1100, filter.getValue());
      JsonNode deleted =
          client.call(
              "entities/delete",
              RestClient.object().put("collectionName", COLLECTION).put("filter", filter.getKey()));
      assertRefused(deleted, 1100, "failed to create delete plan: " + start);
    }
  }

  private static void samples(RestClient client) throws Exception {
    assertThat(count(client, "filler == true and random_sample(0.3)")).isBetween(290L, 310L);
    assertThat(count(client, "random_sample(0.5)")).isBetween(490L, 515L);
    assertThat(count(client, "filler == true")).isEqualTo(FILLERS);
  }

  private static long count(RestClient client, String filter) throws Exception {
    ObjectNode body = query(filter);
    body.remove("limit");
    body.putArray("outputFields").add("count(*)");
    return client.ok("entities/query", body).get(0).get("count(*)").asLong();
  }

  private static void createIndexes(RestClient client) throws Exception {
    assertRefused(
        client.call("indexes/create", index("id", "RTREE")),
        1100,
        "RTREE index can only be built on geometry field");
    assertRefused(
        client.call("indexes/create", index("at", "BITMAP")),
        1100,
        "index BITMAP is not supported on this field");
    Map<String, String> types = Map.of("at", "STL_SORT", "due", "AUTOINDEX", "shape", "RTREE");
    for (Map.Entry<String, String> type : types.entrySet()) {
      client.ok("indexes/create", index(type.getKey(), type.getValue()));
    }
    for (String field : types.keySet()) {
      Await.until(
          "index of " + field,
          Duration.ofMinutes(1),
          () ->
              client
                  .ok(
                      "indexes/describe",
                      RestClient.object()
                          .put("collectionName", COLLECTION)
                          .put("indexName", field + "_index"))
                  .get(0)
                  .get("indexState")
                  .asText()
                  .equals("Finished"));
    }
  }

  private static ObjectNode index(String field, String type) {
    ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", field)
        .put("indexName", field + "_index")
        .put("indexType", type);
    return body;
  }

  private static void deletesAndUpserts(RestClient client) throws Exception {
    ObjectNode upsert = RestClient.object().put("collectionName", COLLECTION);
    row(upsert.putArray("data"), 3).put("at", "2030-01-01T00:00:00").put("shape", "POINT (7 7)");
    client.ok("entities/upsert", upsert);
    assertThat(ids(client, "at > ISO '2029-01-01T00:00:00Z'", Map.of())).containsExactly(3);
    assertThat(ids(client, "st_intersects(shape, 'LINESTRING (6 6, 8 8)')", Map.of()))
        .containsExactly(3);
    client.ok(
        "entities/delete",
        RestClient.object()
            .put("collectionName", COLLECTION)
            .put("filter", "at < ISO '2000-01-01T00:00:00Z' or st_contains(shape, 'POINT (2 3)')"));
    assertThat(count(client, "id >= 0")).isEqualTo(3);
    assertThat(ids(client, "id >= 0", Map.of())).containsExactly(1, 3, 4);
  }

  private static void databaseTimeZone(RestClient client) throws Exception {
    ObjectNode database = RestClient.object().put("dbName", "tokyo");
    database.putObject("properties").put("timezone", "Nowhere");
    assertRefused(
        client.call("databases/create", database), 1100, "unknown or invalid IANA Time Zone ID");
    database.putObject("properties").put("timezone", "Asia/Tokyo");
    client.ok("databases/create", database);
    client.ok("collections/create", definition().put("dbName", "tokyo"));
    ObjectNode insert =
        RestClient.object().put("dbName", "tokyo").put("collectionName", COLLECTION);
    row(insert.putArray("data"), 1).put("at", "2025-01-01T09:00:00");
    client.ok("entities/insert", insert);
    assertThat(timeInTokyo(client)).isEqualTo("2025-01-01T09:00:00+09:00");
    ObjectNode alter = RestClient.object().put("dbName", "tokyo").put("collectionName", COLLECTION);
    alter.putObject("properties").put("timezone", "Europe/London");
    client.ok("collections/alter_properties", alter);
    assertThat(timeInTokyo(client)).isEqualTo("2025-01-01T00:00:00Z");
    alter.putObject("properties").put("timezone", "Nowhere");
    assertRefused(
        client.call("collections/alter_properties", alter),
        1100,
        "unknown or invalid IANA Time Zone ID");
  }

  private static String timeInTokyo(RestClient client) throws Exception {
    return client
        .ok("entities/query", query("id == 1").put("dbName", "tokyo"))
        .get(0)
        .get("at")
        .asText();
  }

  private static void assertRefused(JsonNode answer, int code, String message) {
    assertThat(answer.path("code").asInt()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.path("message").asText()).contains(message);
  }
}
