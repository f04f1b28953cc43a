package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arrays of structs as their users have them: rows of clips with text, page and embeddings are
 * written, changed, deleted, flushed and read after a restart; searches of every metric by lists of
 * vectors, plain and filtered, against plain Java.
 */
final class TestStructArrays {
  private static final int ROWS = 500;
  private static final int DIMENSION = 8;
  private static final int CAPACITY = 6;
  private static final int QUERIES = 12;
  private static final int TOP_K = 10;

  /** Embeddings, with the metric that each is searched by. */
  private static final Map<String, String> METRICS =
      new TreeMap<>(
          Map.of("cosine", "MAX_SIM_COSINE", "product", "MAX_SIM_IP", "distance", "MAX_SIM_L2"));

  private static final Map<String, String> INDEX_TYPES =
      Map.of("cosine", "HNSW", "product", "AUTOINDEX", "distance", "FLAT");

  private final long seed = Long.getLong("sagitta.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What the server must hold: the rows as they were written. */
  private final Map<Integer, ObjectNode> rows = new HashMap<>();

  @Test
  void listsLiveAsLongAsTheirRows(@TempDir Path data) throws Exception {
    System.out.println("struct arrays: seed=" + seed);
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      create(client);
      write(client, "entities/insert", 0, ROWS);
      check(client, "growing");
      change(client);
      check(client, "changed");
      checkErrors(client);
      client.ok("collections/flush", named());
      awaitIndexes(client);
      check(client, "sealed");
      // Rows of the log alone, beside the sealed ones.
      write(client, "entities/insert", ROWS, ROWS + 60);
      check(client, "sealed and growing");
    }
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      awaitLoaded(client);
      check(client, "restarted");
    }
  }

  private static ObjectNode named() {
    return RestClient.object().put("collectionName", "films");
  }

  private static void create(RestClient client) throws Exception {
    ObjectNode body = named();
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "third").put("dataType", "Int64");
    ObjectNode clips = schema.putArray("structFields").addObject().put("fieldName", "clips");
    clips.putObject("typeParams").put("max_capacity", CAPACITY);
    ArrayNode subFields = clips.putArray("fields");
    subFields
        .addObject()
        .put("fieldName", "text")
        .put("dataType", "Array")
        .put("elementDataType", "VarChar")
        .putObject("elementTypeParams")
        .put("max_length", 20);
    subFields
        .addObject()
        .put("fieldName", "page")
        .put("dataType", "Array")
        .put("elementDataType", "Int64");
    ArrayNode indexes = body.putArray("indexParams");
    METRICS.forEach(
        (name, metric) -> {
          subFields
              .addObject()
              .put("fieldName", name)
              .put("dataType", "ArrayOfVector")
              .put("elementDataType", "FloatVector")
              .putObject("elementTypeParams")
              .put("dim", DIMENSION);
          indexes
              .addObject()
              .put("fieldName", "clips[" + name + "]")
              .put("indexName", name)
              .put("metricType", metric)
              .put("indexType", INDEX_TYPES.get(name));
        });
    indexes
        .addObject()
        .put("fieldName", "clips[page]")
        .put("indexName", "page")
        .put("indexType", "INVERTED");
    client.ok("collections/create", body);
    JsonNode described = client.ok("collections/describe", named()).get("structFields").get(0);
    assertThat(described.get("name").textValue()).isEqualTo("clips");
    assertThat(described.get("fields").findValuesAsText("name"))
        .containsExactly("text", "page", "cosine", "distance", "product");
  }

  private ObjectNode row(int key) {
    ObjectNode row = RestClient.object().put("id", key).put("third", key % 3);
    ArrayNode clips = row.putArray("clips");
    int length = random.nextInt(CAPACITY + 1);
    for (int i = 0; i < length; i++) {
      ObjectNode clip = clips.addObject();
      clip.put("text", "clip " + key + " " + i).put("page", random.nextInt(30));
      METRICS.keySet().forEach(name -> clip.set(name, vector()));
    }
    return row;
  }

  private ArrayNode vector() {
    ArrayNode vector = RestClient.JSON.createArrayNode();
    for (int i = 0; i < DIMENSION; i++) {
      vector.add((float) random.nextGaussian());
    }
    return vector;
  }

  private void write(RestClient client, String path, int from, int to) throws Exception {
    ArrayNode written = RestClient.JSON.createArrayNode();
    for (int key = from; key < to; key++) {
      ObjectNode row = row(key);
      rows.put(key, row);
      written.add(row);
    }
    client.ok(path, named().set("data", written));
  }

  /** Rows are replaced, deleted, and changed in another field than the clips. */
  private void change(RestClient client) throws Exception {
    write(client, "entities/upsert", 100, 160);
    client.ok("entities/delete", named().put("filter", "id >= 200 and id < 250"));
    for (int key = 200; key < 250; key++) {
      rows.remove(key);
    }
    ArrayNode parts = RestClient.JSON.createArrayNode();
    for (int key = 300; key < 330; key++) {
      parts.addObject().put("id", key).put("third", 7);
      rows.get(key).put("third", 7);
    }
    ObjectNode clips = row(330);
    parts.addObject().put("id", 330).set("clips", clips.get("clips"));
    rows.get(330).set("clips", clips.get("clips"));
    ObjectNode partial = named().put("partialUpdate", true);
    client.ok("entities/upsert", partial.set("data", parts));
  }

  private void check(RestClient client, String phase) throws Exception {
    checkRows(client, phase);
    for (String name : METRICS.keySet()) {
      checkSearches(client, name, phase, "", key -> true);
      checkSearches(client, name, phase, "third == 1", key -> third(key) == 1);
      checkSearches(
          client,
          name,
          phase,
          "array_contains_any(clips[page], [3, 4, 5])",
          key -> pages(key).stream().anyMatch(page -> page >= 3 && page <= 5));
    }
  }

  private int third(int key) {
    return rows.get(key).get("third").intValue();
  }

  private List<Integer> pages(int key) {
    List<Integer> pages = new ArrayList<>();
    rows.get(key).get("clips").forEach(clip -> pages.add(clip.get("page").intValue()));
    return pages;
  }

  private void checkRows(RestClient client, String phase) throws Exception {
    ObjectNode body = named().put("filter", "id in [0, 130, 220, 301, 330, 499]").put("limit", 10);
    body.put("consistencyLevel", "Strong").putArray("outputFields").add("*");
    Set<Integer> found = new HashSet<>();
    for (JsonNode row : client.ok("entities/query", body)) {
      int key = row.get("id").asInt();
      found.add(key);
      assertThat(row.get("third").asInt()).as(phase).isEqualTo(third(key));
      assertThat(row.get("clips").toString())
          .as("%s key=%d seed=%d", phase, key, seed)
          .isEqualTo(RestClient.JSON.readTree(rows.get(key).get("clips").toString()).toString());
    }
    Set<Integer> expected = new HashSet<>(List.of(0, 130, 220, 301, 330, 499));
    expected.retainAll(rows.keySet());
    assertThat(found).as(phase).isEqualTo(expected);

    body.put("filter", "array_length(clips[text]) == 2 and clips[page][0] < 20").put("limit", 5000);
    body.putArray("outputFields").add("clips[text]");
    JsonNode twos = client.ok("entities/query", body);
    long wanted =
        rows.keySet().stream()
            .filter(key -> pages(key).size() == 2 && pages(key).getFirst() < 20)
            .count();
    assertThat(twos.size()).as("%s seed=%d", phase, seed).isEqualTo((int) wanted);
    assertThat(twos.get(0).get("clips").get(1).propertyStream().map(Map.Entry::getKey))
        .containsExactly("text");
  }

  private void checkSearches(
      RestClient client, String name, String phase, String filter, IntPredicate allowed)
      throws Exception {
    String label = name + " " + phase + " filter=" + filter + " seed=" + seed;
    ObjectNode body = named().put("annsField", "clips[" + name + "]").put("limit", TOP_K);
    body.put("filter", filter).put("consistencyLevel", "Strong");
    body.putObject("searchParams").put("metricType", METRICS.get(name));
    body.putArray("outputFields").add("clips[text]");
    ArrayNode queries = body.putArray("data");
    for (int query = 0; query < QUERIES; query++) {
      ArrayNode list = queries.addArray();
      for (int i = 0; i <= query % 4; i++) {
        list.add(vector());
      }
    }
    JsonNode hits = client.ok("entities/search", body);
    assertThat(hits.size()).as(label).isEqualTo(QUERIES * TOP_K);
    int found = 0;
    Set<Integer> nearest = Set.of();
    for (int position = 0; position < hits.size(); position++) {
      JsonNode list = queries.get(position / TOP_K);
      JsonNode hit = hits.get(position);
      if (position % TOP_K == 0) {
        nearest = nearest(name, list, allowed);
      }
      int key = hit.get("id").asInt();
      assertThat(rows).as(label).containsKey(key);
      assertThat(allowed.test(key)).as(label).isTrue();
      assertThat(hit.get("distance").doubleValue())
          .as(label + " key=" + key)
          .isCloseTo(score(name, list, key), within(1e-3));
      assertThat(hit.get("clips").size()).isEqualTo(rows.get(key).get("clips").size());
      found += nearest.contains(key) ? 1 : 0;
    }
    assertThat((double) found / (QUERIES * TOP_K)).as("recall of " + label).isGreaterThan(0.9);
  }

  /** The nearest rows by the definition. */
  private Set<Integer> nearest(String name, JsonNode list, IntPredicate allowed) {
    Map<Integer, Double> scores = new HashMap<>();
    for (int key : rows.keySet()) {
      if (allowed.test(key) && !rows.get(key).get("clips").isEmpty()) {
        scores.put(key, score(name, list, key));
      }
    }
    Comparator<Integer> order = Comparator.comparingDouble(scores::get);
    return scores.keySet().stream()
        .sorted(name.equals("distance") ? order : order.reversed())
        .limit(TOP_K)
        .collect(Collectors.toSet());
  }

  private double score(String name, JsonNode list, int key) {
    double sum = 0;
    for (JsonNode wanted : list) {
      double best = Double.NEGATIVE_INFINITY;
      for (JsonNode clip : rows.get(key).get("clips")) {
        best = Math.max(best, similarity(name, wanted, clip.get(name)));
      }
      sum += best;
    }
    return name.equals("distance") ? -sum : sum;
  }

  /** Larger is nearer. */
  private static double similarity(String name, JsonNode left, JsonNode right) {
    double product = 0;
    double distance = 0;
    double leftNorm = 0;
    double rightNorm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      double x = left.get(i).doubleValue();
      double y = right.get(i).doubleValue();
      product += x * y;
      distance += (x - y) * (x - y);
      leftNorm += x * x;
      rightNorm += y * y;
    }
    return switch (name) {
      case "cosine" -> product / Math.sqrt(leftNorm * rightNorm);
      case "product" -> product;
      default -> -distance;
    };
  }

  private void checkErrors(RestClient client) throws Exception {
    ObjectNode tooMany = row(5);
    ArrayNode clips = (ArrayNode) tooMany.get("clips");
    ObjectNode clip = RestClient.object().put("text", "x").put("page", 1);
    METRICS.keySet().forEach(name -> clip.set(name, vector()));
    while (clips.size() <= CAPACITY) {
      clips.add(clip);
    }
    assertRefused(client, "entities/insert", data(tooMany), "exceeds max capacity (6)");
    ObjectNode lacking = RestClient.object().put("id", 5).put("third", 1);
    lacking.putArray("clips").addObject().put("text", "x");
    assertRefused(client, "entities/insert", data(lacking), "clips[page]");
    ObjectNode search = named().put("annsField", "clips[cosine]");
    search.putArray("data").add(vector());
    assertRefused(client, "entities/search", search, "an array of vectors");
    search.putArray("data").addArray().add(vector());
    search.putObject("searchParams").put("metricType", "COSINE");
    assertRefused(client, "entities/search", search, "metric type not match");
    ObjectNode index = named();
    index
        .putArray("indexParams")
        .addObject()
        .put("fieldName", "clips[cosine]")
        .put("indexName", "again")
        .put("indexType", "IVF_FLAT")
        .put("metricType", "MAX_SIM");
    assertRefused(client, "indexes/create", index, "IVF_FLAT");
  }

  private static ObjectNode data(ObjectNode row) {
    ObjectNode body = named();
    body.putArray("data").add(row);
    return body;
  }

  private static void assertRefused(RestClient client, String path, ObjectNode body, String why)
      throws Exception {
    JsonNode answer = client.call(path, body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isNotZero();
    assertThat(answer.get("message").asText()).contains(why);
  }

  private static void awaitIndexes(RestClient client) throws Exception {
    for (String name : METRICS.keySet()) {
      Await.until(
          name + " indexed",
          Duration.ofMinutes(2),
          () -> {
            JsonNode index = client.ok("indexes/describe", named().put("indexName", name)).get(0);
            return index.get("indexState").textValue().equals("Finished")
                && index.get("indexedRows").intValue() >= ROWS;
          });
    }
  }

  private static void awaitLoaded(RestClient client) throws Exception {
    Await.until(
        "loaded",
        Duration.ofMinutes(2),
        () ->
            client
                .ok("collections/get_load_state", named())
                .get("loadState")
                .textValue()
                .equals("LoadStateLoaded"));
  }
}
