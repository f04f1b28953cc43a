package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Search features on Debian's packages, half of them sealed and half growing, in two shards, with
 * an index on one vector field; compared with sorted lists of all rows.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TestSearchFeatures {
  private static final int ROWS = 1600;

  @TempDir private static Path data;
  private static Server server;
  private static RestClient client;
  private static final Map<Long, JsonNode> PACKAGES = new LinkedHashMap<>();

  /** A row and its score, whatever the metric. */
  private record Hit(long id, float score) {}

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(data);
    client = server.client();
    create();
    TestPackageFilters.load().values().stream()
        .limit(ROWS)
        .forEach(row -> PACKAGES.put(row.get("id").asLong(), row));
    List<JsonNode> rows = new ArrayList<>(PACKAGES.values());
    insert(rows.subList(0, ROWS / 2));
    client.ok("collections/flush", RestClient.object().put("collectionName", "packages"));
    insert(rows.subList(ROWS / 2, ROWS));
    assertThat(client.count("packages", "Strong")).isEqualTo(ROWS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static void create() throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "packages");
    body.putObject("params").put("shardsNum", 2);
    ObjectNode schema = body.putObject("schema").put("enableDynamicField", true);
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    for (String name : List.of("name", "section")) {
      fields
          .addObject()
          .put("fieldName", name)
          .put("dataType", "VarChar")
          .putObject("elementTypeParams")
          .put("max_length", 1000);
    }
    fields.addObject().put("fieldName", "kib").put("dataType", "Int64");
    fields
        .addObject()
        .put("fieldName", "tags")
        .put("dataType", "Array")
        .put("elementDataType", "VarChar")
        .putObject("elementTypeParams")
        .put("max_length", 200)
        .put("max_capacity", 100);
    fields.addObject().put("fieldName", "info").put("dataType", "JSON");
    for (String name : List.of("summary", "description")) {
      fields
          .addObject()
          .put("fieldName", name)
          .put("dataType", "FloatVector")
          .putObject("elementTypeParams")
          .put("dim", PackageVectors.DIMENSION);
    }
    ArrayNode indexes = body.putArray("indexParams");
    indexes
        .addObject()
        .put("fieldName", "summary")
        .put("metricType", "L2")
        .put("indexType", "FLAT");
    indexes
        .addObject()
        .put("fieldName", "description")
        .put("metricType", "IP")
        .put("indexType", "FLAT");
    client.ok("collections/create", body);
  }

  private static void insert(List<JsonNode> rows) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "packages");
    ArrayNode target = body.putArray("data");
    rows.forEach(row -> addRow(target.addObject(), row));
    client.ok("entities/insert", body);
  }

  private static void addRow(ObjectNode target, JsonNode row) {
    target.put("id", row.get("id").asLong()).put("name", row.get("name").asText());
    target.put("section", section(row)).put("kib", kib(row));
    target.set("tags", row.get("tags"));
    ObjectNode info = target.putObject("info");
    if (!row.get("tags").isEmpty()) {
      info.putObject("first").set("tag", row.get("tags").get(0));
    }
    target.put("dynamic_section", section(row));
    target.set("summary", PackageVectors.json(PackageVectors.summary(row)));
    target.set("description", PackageVectors.json(PackageVectors.description(row)));
  }

  @Test
  @Order(1)
  void hybridSearchFusesRanks() throws Exception {
    float[] query = PackageVectors.of("a library to play games and music");
    ObjectNode body = hybrid(query, 40, 30, 5, 10);
    body.putObject("rerank").put("strategy", "rrf").putObject("params").put("k", 10);
    body.putArray("outputFields").add("name").add("description").add("tags");
    List<Hit> first = nearest(query, row -> kib(row) < 2000).subList(0, 40);
    List<Hit> second = products(query, row -> true).subList(0, 30);
    Map<Long, Double> sums = new HashMap<>();
    for (List<Hit> list : List.of(first, second)) {
      for (int rank = 0; rank < list.size(); rank++) {
        sums.merge(list.get(rank).id, 1.0 / (10 + rank + 1), Double::sum);
      }
    }
    List<Hit> expected = page(best(sums), 5, 10);
    JsonNode hits = client.ok("entities/hybrid_search", body);
    assertHits(hits, expected);
    for (JsonNode hit : hits) {
      JsonNode row = PACKAGES.get(hit.get("id").asLong());
      assertThat(hit.get("name").asText()).isEqualTo(row.get("name").asText());
      assertThat(hit.get("description"))
          .isEqualTo(
              RestClient.JSON.readTree(
                  PackageVectors.json(PackageVectors.description(row)).toString()));
    }
    assertThat(client.ok("entities/advanced_search", body)).isEqualTo(hits);
  }

  @Test
  @Order(2)
  void hybridSearchWeighsScores() throws Exception {
    float[] query = PackageVectors.of("network server for mail");
    ObjectNode body = hybrid(query, 50, 50, 0, 20);
    body.putObject("rerank")
        .put("strategy", "weighted")
        .putObject("params")
        .putArray("weights")
        .add(0.8)
        .add(0.3);
    Map<Long, Double> sums = new HashMap<>();
    for (Hit hit : nearest(query, row -> kib(row) < 2000).subList(0, 50)) {
      sums.merge(hit.id, 0.8 * (1 - 2 * Math.atan(hit.score) / Math.PI), Double::sum);
    }
    for (Hit hit : products(query, row -> true).subList(0, 50)) {
      sums.merge(hit.id, 0.3 * (0.5 + Math.atan(hit.score) / Math.PI), Double::sum);
    }
    assertHits(client.ok("entities/hybrid_search", body), page(best(sums), 0, 20));
  }

  @Test
  @Order(3)
  void hybridSearchGroups() throws Exception {
    float[] query = PackageVectors.of("python module");
    ObjectNode body = hybrid(query, 20, 20, 1, 5);
    body.put("groupingField", "section").put("groupSize", 2);
    JsonNode hits = client.ok("entities/hybrid_search", body);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JsonNode hit : hits) {
      counts.merge(section(PACKAGES.get(hit.get("id").asLong())), 1, Integer::sum);
    }
    assertThat(counts).hasSize(5);
    assertThat(counts.values()).allMatch(count -> count <= 2);
  }

  @Test
  @Order(4)
  void groupsAreTheNearestOnes() throws Exception {
    float[] query = PackageVectors.of("tools for text files");
    for (String field : List.of("section", "dynamic_section", "info[\"first\"][\"tag\"]")) {
      for (boolean strict : List.of(false, true)) {
        ObjectNode body = search(query, 6).put("offset", 2);
        body.put("groupingField", field).put("groupSize", 4).put("strictGroupSize", strict);
        assertHits(client.ok("entities/search", body), expectedGroups(query, field, strict));
      }
    }
  }

  /** Groups 2 to 7 of at most four rows, the rows of a group together. */
  private static List<Hit> expectedGroups(float[] query, String field, boolean strict) {
    Map<String, List<Hit>> groups = new LinkedHashMap<>();
    for (Hit hit : nearest(query, row -> true)) {
      JsonNode row = PACKAGES.get(hit.id);
      String group =
          field.startsWith("info")
              ? row.get("tags").isEmpty() ? "" : row.get("tags").get(0).asText()
              : section(row);
      if (!groups.containsKey(group) && groups.size() == 8) {
        continue;
      }
      List<Hit> members = groups.computeIfAbsent(group, _ -> new ArrayList<>());
      if (members.size() < 4) {
        members.add(hit);
      }
      if (!strict && groups.size() == 8) {
        break;
      }
    }
    return groups.values().stream().skip(2).flatMap(List::stream).toList();
  }

  @Test
  @Order(5)
  void rangesPagesAndSeveralQueries() throws Exception {
    float[] query = PackageVectors.of("fonts");
    ObjectNode range = search(query, 1000);
    range.putObject("searchParams").putObject("params").put("radius", 9).put("range_filter", 3);
    assertHits(
        client.ok("entities/search", range),
        nearest(query, row -> true).stream()
            .filter(hit -> hit.score >= 3 && hit.score < 9)
            .toList());
    range.putObject("searchParams").putObject("params").put("radius", 3).put("range_filter", 9);
    JsonNode refused = client.call("entities/search", range);
    assertThat(refused.get("code").asInt()).isEqualTo(1100);
    assertThat(refused.get("message").asText()).contains("range_filter").contains("radius");

    float[] other = PackageVectors.of("x y z emulator of old computers");
    ObjectNode several = search(query, 7).put("offset", 3).put("filter", "kib > 100");
    ((ArrayNode) several.get("data")).add(PackageVectors.json(other));
    several.putObject("searchParams").put("round_decimal", 0).put("ignore_growing", "False");
    JsonNode answer = client.call("entities/search", several);
    assertThat(answer.get("topks")).hasToString("[7,7]");
    List<Hit> expected = new ArrayList<>();
    expected.addAll(page(nearest(query, row -> kib(row) > 100), 3, 7));
    expected.addAll(page(nearest(other, row -> kib(row) > 100), 3, 7));
    assertHits(answer.get("data"), expected);
  }

  @Test
  @Order(6)
  void searchByIdsLooksForTheRowsVectors() throws Exception {
    List<Long> ids = PACKAGES.keySet().stream().skip(700).limit(3).toList();
    ObjectNode body = search(new float[PackageVectors.DIMENSION], 5);
    body.remove("data");
    ids.forEach(body.putArray("ids")::add);
    List<Hit> expected = new ArrayList<>();
    for (long id : ids) {
      float[] vector = PackageVectors.summary(PACKAGES.get(id));
      expected.addAll(page(nearest(vector, row -> true), 0, 5));
    }
    assertHits(client.ok("entities/search", body), expected);
    body.putArray("ids").add(1_000_000_000L);
    assertThat(client.call("entities/search", body).get("code").asInt()).isEqualTo(1100);
  }

  @Test
  @Order(7)
  void decayAndBoostChangeScores() throws Exception {
    float[] query = PackageVectors.of("desktop");
    ObjectNode decay = search(query, 60).put("offset", 3);
    function(decay, "kib")
        .put("reranker", "decay")
        .put("function", "linear")
        .put("origin", 500)
        .put("offset", 50)
        .put("scale", 1000)
        .put("decay", 0.2);
    Map<Long, Double> scores = new HashMap<>();
    for (Hit hit : nearest(query, row -> true).subList(0, 63)) {
      double distance = Math.max(0, Math.abs(kib(PACKAGES.get(hit.id)) - 500) - 50);
      double factor = Math.max(0.2, 1 - 0.8 / 1000 * distance);
      scores.put(hit.id, (1 - 2 * Math.atan(hit.score) / Math.PI) * factor);
    }
    assertHits(client.ok("entities/search", decay), page(best(scores), 3, 60));

    ObjectNode boost = search(query, ROWS);
    function(boost, null)
        .put("reranker", "boost")
        .put("filter", "section == \"games\"")
        .put("weight", 0.25);
    List<Hit> expected = new ArrayList<>();
    for (Hit hit : nearest(query, row -> true)) {
      boolean game = section(PACKAGES.get(hit.id)).equals("games");
      expected.add(new Hit(hit.id, game ? hit.score * 0.25f : hit.score));
    }
    expected.sort(Comparator.comparingDouble(Hit::score).thenComparingLong(Hit::id));
    assertHits(client.ok("entities/search", boost), expected);
  }

  @Test
  @Order(8)
  void modelsOnServicesRank() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          JsonNode request = RestClient.JSON.readTree(exchange.getRequestBody());
          boolean tei = request.has("texts");
          int status = calls.incrementAndGet() == 1 ? 503 : 200;
          ArrayNode results = RestClient.JSON.createArrayNode();
          JsonNode texts = request.get(tei ? "texts" : "documents");
          for (int i = texts.size() - 1; i >= 0; i--) {
            results
                .addObject()
                .put("index", i)
                .put(tei ? "score" : "relevance_score", texts.get(i).asText().length());
          }
          byte[] answer =
              RestClient.JSON.writeValueAsBytes(
                  tei ? results : RestClient.object().set("results", results));
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    service.start();
    try {
      float[] query = PackageVectors.of("documentation");
      List<Hit> expected = new ArrayList<>();
      for (Hit hit : nearest(query, row -> true).subList(0, 25)) {
        expected.add(new Hit(hit.id, PACKAGES.get(hit.id).get("name").asText().length()));
      }
      expected.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingLong(Hit::id));
      for (String provider : List.of("tei", "vllm")) {
        ObjectNode body = search(query, 25);
        ObjectNode params =
            function(body, "name")
                .put("reranker", "model")
                .put("provider", provider)
                .put("max_client_batch_size", 10)
                .put("endpoint", "http://127.0.0.1:" + service.getAddress().getPort());
        params.putArray("queries").add("what is documented");
        assertHits(client.ok("entities/search", body), expected);
      }
      assertThat(calls.get()).as("three batches each, the first one twice").isEqualTo(7);
    } finally {
      service.stop(0);
    }
  }

  @Test
  @Order(9)
  void iteratorsGiveEveryRowOnceWhateverIsWritten() throws Exception {
    float[] query = PackageVectors.of("the");
    List<Hit> all = nearest(query, row -> true);
    ObjectNode first = search(query, 100);
    ObjectNode params = first.putObject("searchParams");
    params.put("iterator", "True").put("search_iter_v2", true).put("search_iter_batch_size", 130);
    List<Hit> seen = new ArrayList<>();
    int steps = 0;
    while (true) {
      JsonNode answer = client.call("entities/search", first);
      assertThat(answer.get("code").asInt()).as(answer.toString()).isZero();
      if (answer.get("data").isEmpty()) {
        break;
      }
      answer.get("data").forEach(hit -> seen.add(hit(hit)));
      JsonNode position = answer.get("search_iterator_v2_results");
      params.put("search_iter_id", position.get("token").asText());
      params.put("search_iter_last_bound", position.get("last_bound").asDouble());
      params.put("guarantee_timestamp", answer.get("session_ts").asLong());
      if (steps++ == 1) {
        writeWhileIterating();
      }
      assertThat(steps).isLessThan(ROWS);
    }
    assertThat(seen).containsExactlyElementsOf(all);
  }

  private static void writeWhileIterating() throws Exception {
    ObjectNode row = RestClient.object().put("id", 900_000_000L).put("name", "late");
    row.put("section", "late").put("kib", 1);
    row.putArray("tags");
    row.putObject("info");
    row.set("summary", PackageVectors.json(PackageVectors.of("x1 x2 x3 x4 x5 x6 x7 x8 x9 y z")));
    row.set("description", PackageVectors.json(PackageVectors.of("late")));
    ObjectNode body = RestClient.object().put("collectionName", "packages");
    body.putArray("data").add(row);
    client.ok("entities/insert", body);
  }

  @Test
  @Order(10)
  void queryIteratorReadsAtOneTimestamp() throws Exception {
    client.ok(
        "entities/delete",
        RestClient.object().put("collectionName", "packages").put("filter", "id == 900000000"));
    ObjectNode body = RestClient.object().put("collectionName", "packages").put("limit", 300);
    ObjectNode params = body.putObject("queryParams").put("iterator", true);
    body.putArray("outputFields").add("id");
    List<Long> seen = new ArrayList<>();
    long last = Long.MIN_VALUE;
    while (true) {
      body.put("filter", "kib >= 0 and id > " + last);
      JsonNode answer = client.call("entities/query", body);
      assertThat(answer.get("code").asInt()).as(answer.toString()).isZero();
      if (answer.get("data").isEmpty()) {
        break;
      }
      for (JsonNode row : answer.get("data")) {
        last = row.get("id").asLong();
        seen.add(last);
      }
      if (seen.size() == 300) {
        writeWhileIterating();
      }
      params.put("guarantee_timestamp", answer.get("session_ts").asLong());
    }
    assertThat(seen).containsExactlyElementsOf(PACKAGES.keySet().stream().sorted().toList());
    client.ok(
        "entities/delete",
        RestClient.object().put("collectionName", "packages").put("filter", "id == 900000000"));
  }

  @Test
  @Order(11)
  void growingRowsCanBeLeftOut() throws Exception {
    float[] query = PackageVectors.of("a");
    ObjectNode body = search(query, ROWS);
    body.putObject("searchParams").put("ignore_growing", true);
    Set<Long> found = new HashSet<>();
    client.ok("entities/search", body).forEach(hit -> found.add(hit.get("id").asLong()));
    Set<Long> sealed = new LinkedHashSet<>(PACKAGES.keySet().stream().limit(ROWS / 2).toList());
    assertThat(found).isEqualTo(sealed);
  }

  @Test
  @Order(12)
  void partialUpsertsChangeWhatTheyGive() throws Exception {
    List<Long> ids = PACKAGES.keySet().stream().limit(2).toList();
    JsonNode before = row(ids.getFirst());
    ObjectNode change = RestClient.object().put("collectionName", "packages");
    change.put("partialUpdate", true);
    ArrayNode rows = change.putArray("data");
    rows.addObject().put("id", ids.getFirst()).put("kib", 77).put("color", "green");
    rows.addObject().put("id", ids.getLast()).put("name", "renamed");
    assertThat(client.ok("entities/upsert", change).get("upsertCount").asInt()).isEqualTo(2);
    ObjectNode expected = before.deepCopy();
    expected.put("kib", 77).put("color", "green");
    assertThat(row(ids.getFirst())).isEqualTo(expected);
    assertThat(row(ids.getLast()).get("name").asText()).isEqualTo("renamed");
    assertThat(row(ids.getLast()).get("summary")).hasSize(PackageVectors.DIMENSION);
    assertThat(client.count("packages", "Strong")).isEqualTo(ROWS);

    changeTags(ids.getFirst(), "REPLACE", "a", "b", "a");
    changeTags(ids.getFirst(), "ARRAY_APPEND", "c", "b");
    assertThat(tags(ids.getFirst())).containsExactly("a", "b", "a", "c", "b");
    changeTags(ids.getFirst(), "ARRAY_REMOVE", "a", "c", "x");
    assertThat(tags(ids.getFirst())).containsExactly("b", "b");
  }

  @Test
  @Order(13)
  void matchedWordsAreHighlighted() throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "notes");
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields
        .addObject()
        .put("fieldName", "text")
        .put("dataType", "VarChar")
        .putObject("elementTypeParams")
        .put("max_length", 1000)
        .put("enable_analyzer", true);
    fields.addObject().put("fieldName", "terms").put("dataType", "SparseFloatVector");
    ObjectNode function = schema.putArray("functions").addObject().put("name", "bm25");
    function.put("type", "BM25");
    function.putArray("inputFieldNames").add("text");
    function.putArray("outputFieldNames").add("terms");
    body.putArray("indexParams").addObject().put("fieldName", "terms").put("metricType", "BM25");
    client.ok("collections/create", body);
    ObjectNode insert = RestClient.object().put("collectionName", "notes");
    ArrayNode rows = insert.putArray("data");
    rows.addObject().put("id", 1).put("text", "Green tea grows on the hills above the river");
    rows.addObject().put("id", 2).put("text", "Coffee, then tea, then more coffee");
    client.ok("entities/insert", insert);
    ObjectNode search = RestClient.object().put("collectionName", "notes");
    search.put("consistencyLevel", "Strong").putArray("data").add("coffee").add("hills river");
    search
        .putObject("highlighter")
        .put("type", "Lexical")
        .putObject("params")
        .put("fragment_size", 30)
        .putArray("pre_tags")
        .add("<b>");
    ((ObjectNode) search.at("/highlighter/params")).putArray("post_tags").add("</b>");
    JsonNode hits = client.ok("entities/search", search);
    assertThat(hits).hasSize(2);
    assertThat(hits.get(0).get("id").asLong()).isEqualTo(2);
    assertThat(hits.get(0).at("/highlight/text/0").asText())
        .isEqualTo("<b>Coffee</b>, then tea, then more co");
    assertThat(hits.get(1).at("/highlight/text/0").asText())
        .isEqualTo("<b>hills</b> above the <b>river</b>");
    assertThat(hits.get(0).has("text")).as("asked for by the highlighter only").isFalse();
  }

  private static void changeTags(long id, String operation, String... tags) throws Exception {
    ObjectNode change = RestClient.object().put("collectionName", "packages");
    change.putArray("fieldOps").addObject().put("fieldName", "tags").put("op", operation);
    ArrayNode target = change.putArray("data").addObject().put("id", id).putArray("tags");
    List.of(tags).forEach(target::add);
    client.ok("entities/upsert", change);
  }

  private static List<String> tags(long id) throws Exception {
    List<String> tags = new ArrayList<>();
    row(id).at("/tags/Data/StringData/data").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  private static JsonNode row(long id) throws Exception {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", "packages")
            .put("id", id)
            .put("consistencyLevel", "Strong");
    return client.ok("entities/get", body).get(0);
  }

  private static ObjectNode search(float[] query, int limit) {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", "packages")
            .put("annsField", "summary")
            .put("limit", limit)
            .put("consistencyLevel", "Strong");
    body.putArray("data").add(PackageVectors.json(query));
    return body;
  }

  private static ObjectNode hybrid(float[] query, int first, int second, int offset, int limit) {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", "packages")
            .put("limit", limit)
            .put("offset", offset)
            .put("consistencyLevel", "Strong");
    ArrayNode searches = body.putArray("search");
    searches
        .addObject()
        .put("annsField", "summary")
        .put("filter", "kib < {most}")
        .put("limit", first)
        .put("metricType", "L2")
        .set("data", RestClient.JSON.createArrayNode().add(PackageVectors.json(query)));
    ((ObjectNode) searches.get(0)).putObject("exprParams").put("most", 2000);
    searches
        .addObject()
        .put("annsField", "description")
        .put("limit", second)
        .set("data", RestClient.JSON.createArrayNode().add(PackageVectors.json(query)));
    return body;
  }

  private static ObjectNode function(ObjectNode body, String input) {
    ObjectNode function =
        body.putObject("functionScore")
            .putArray("functions")
            .addObject()
            .put("name", "ranker")
            .put("type", "Rerank");
    ArrayNode inputs = function.putArray("inputFieldNames");
    if (input != null) {
      inputs.add(input);
    }
    return function.putObject("params");
  }

  private static List<Hit> nearest(float[] query, Predicate<JsonNode> filter) {
    List<Hit> hits = new ArrayList<>();
    PACKAGES.forEach(
        (id, row) -> {
          if (filter.test(row)) {
            float[] vector = PackageVectors.summary(row);
            hits.add(new Hit(id, PackageVectors.squaredDistance(query, vector)));
          }
        });
    hits.sort(Comparator.comparingDouble(Hit::score).thenComparingLong(Hit::id));
    return hits;
  }

  private static List<Hit> products(float[] query, Predicate<JsonNode> filter) {
    List<Hit> hits = new ArrayList<>();
    PACKAGES.forEach(
        (id, row) -> {
          if (filter.test(row)) {
            float[] vector = PackageVectors.description(row);
            hits.add(new Hit(id, PackageVectors.product(query, vector)));
          }
        });
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingLong(Hit::id));
    return hits;
  }

  private static List<Hit> best(Map<Long, Double> scores) {
    List<Hit> hits = new ArrayList<>();
    scores.forEach((id, score) -> hits.add(new Hit(id, score.floatValue())));
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingLong(Hit::id));
    return hits;
  }

  private static List<Hit> page(List<Hit> hits, int offset, int limit) {
    return hits.subList(Math.min(offset, hits.size()), Math.min(offset + limit, hits.size()));
  }

  private static void assertHits(JsonNode actual, List<Hit> expected) {
    List<Long> ids = new ArrayList<>();
    actual.forEach(hit -> ids.add(hit.get("id").asLong()));
    assertThat(ids).containsExactlyElementsOf(expected.stream().map(Hit::id).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(hit(actual.get(i)).score).isCloseTo(expected.get(i).score, within(1e-5f));
    }
  }

  private static Hit hit(JsonNode hit) {
    return new Hit(hit.get("id").asLong(), (float) hit.get("distance").asDouble());
  }

  private static String section(JsonNode row) {
    return row.get("section").asText();
  }

  private static long kib(JsonNode row) {
    return TestPackageFilters.kib(row);
  }
}
