package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nullable vectors of every type, written, changed, searched and filtered, in a field that came
 * later too, growing, sealed, indexed and after the process was killed; search hints; functions
 * that come to a collection, change and go.
 */
final class TestNullableVectors {
  private static final int ROWS = 250;
  private static final int TOP_K = 20;
  private static final int ALL = 4 * ROWS;
  private static final String LATE = "late";

  private final long seed = Long.getLong("sagitta.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<VectorCase> cases = VectorCase.all(random, 2 * ROWS);

  @Test
  void nullVectorsAreNeverFound(@TempDir Path data) throws Exception {
    System.out.println("nullable vectors: seed=" + seed);
    try (Server server = Server.start(data);
        EmbeddingService service = new EmbeddingService()) {
      RestClient client = server.client();
      NullableRows rows = new NullableRows(client, random);
      cases.stream()
          .filter(each -> List.of("FLAT", "BIN_FLAT", "SPARSE_WAND").contains(each.indexType()))
          .filter(each -> List.of("L2", "HAMMING").contains(each.metric()) || each.sparse())
          .forEach(each -> rows.know(each.dataType(), each));
      assertThat(rows.fieldNames()).hasSize(6);
      rows.create();
      rows.insert(ROWS);
      rows.upsert(50, false);
      rows.upsert(50, true);
      check(client, rows, "growing");
      client.ok("collections/flush", NullableRows.body());
      rows.upsert(50, true);
      rows.upsert(50, false);
      check(client, rows, "sealed and changed");
      addField(client, rows);
      refusals(client, rows);
      ChangedFunctions.check(client, service);
      server.killNine();
      server.up();
      check(client, rows, "after the end");
      client.ok("collections/flush", NullableRows.body());
      awaitIndexed(client);
      check(client, rows, "all indexed");
    }
  }

  private void addField(RestClient client, NullableRows rows) throws Exception {
    VectorCase late =
        cases.stream()
            .filter(each -> each.indexType().equals("HNSW") && each.metric().equals("COSINE"))
            .filter(each -> each.dataType().equals("Float16Vector"))
            .findFirst()
            .orElseThrow();
    ObjectNode body = NullableRows.body();
    body.set("schema", NullableRows.schemaOf(LATE, late));
    client.ok("collections/fields/add", body);
    rows.know(LATE, late);
    assertThat(rows.count(LATE + " is null")).isEqualTo(rows.count());
    refuses(client, "entities/search", rows.search(LATE, 0, 5, ""), 700, "index not found");
    rows.insert(ROWS);
    rows.upsert(50, true);
    ObjectNode index = NullableRows.body();
    index.putArray("indexParams").add(NullableRows.indexOf(LATE, late));
    client.ok("indexes/create", index);
    check(client, rows, "with a late field");
  }

  private void check(RestClient client, NullableRows rows, String phase) throws Exception {
    assertThat(rows.count("")).as(phase).isEqualTo(rows.count());
    for (String field : rows.fieldNames()) {
      String label = field + " " + phase + " seed=" + seed;
      Set<Integer> present = rows.rows(field, row -> true);
      assertThat(rows.count(field + " is not null")).as(label).isEqualTo(present.size());
      assertThat(rows.count(field + " is null")).as(label).isEqualTo(rows.count() - present.size());
      for (String filter : List.of("", "third == 1", "third == 2 and " + field + " is null")) {
        checkSearch(client, rows, field, filter, label + " " + filter);
      }
      checkGroups(client, rows, field, label);
      checkRows(client, rows, field, label);
    }
    checkHybrid(client, rows, phase + " seed=" + seed);
  }

  private void checkSearch(
      RestClient client, NullableRows rows, String field, String filter, String label)
      throws Exception {
    VectorCase vectors = rows.field(field);
    int query = random.nextInt(ROWS);
    int third = filter.isEmpty() ? -1 : filter.charAt("third == ".length()) - '0';
    Set<Integer> expected =
        rows.rows(
            field,
            row ->
                !filter.endsWith("null")
                    && (third < 0 || row % NullableRows.THIRDS == third)
                    && (!vectors.sparse() || vectors.score(query, row) > 0));
    boolean exact = !vectors.indexType().equals("HNSW");
    int limit = exact ? ALL : TOP_K;
    ObjectNode body = rows.search(field, query, limit, filter);
    JsonNode hits = client.ok("entities/search", body);
    if (exact) {
      assertThat(NullableRows.ids(hits)).as(label).isEqualTo(expected);
    } else {
      assertThat(expected).as(label).containsAll(NullableRows.ids(hits));
      assertThat(hits).as(label).hasSize(Math.min(limit, expected.size()));
    }
    for (JsonNode hit : hits) {
      double score = vectors.score(query, hit.get("id").intValue());
      assertThat(hit.get("distance").doubleValue())
          .as(label)
          .isCloseTo(score, within(1e-3 * (1 + Math.abs(score))));
      assertThat(hit.get(field)).as(label).isEqualTo(vectors.shown(hit.get("id").intValue()));
    }
    if (exact && !filter.isEmpty()) {
      body.put("limit", TOP_K);
      JsonNode plain = client.ok("entities/search", body);
      ((ObjectNode) body.get("searchParams")).put("hints", "iterative_filter");
      checkSameHits(client.ok("entities/search", body), plain, label + " hinted");
    }
  }

  /** Scans with and without filter add up in different orders, so last bits of distances differ. */
  private static void checkSameHits(JsonNode actual, JsonNode expected, String label) {
    assertThat(actual).as(label).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      double distance = expected.get(i).get("distance").doubleValue();
      ObjectNode hit = actual.get(i).deepCopy();
      assertThat(hit.get("distance").doubleValue())
          .as(label)
          .isCloseTo(distance, within(1e-5 * (1 + Math.abs(distance))));
      hit.set("distance", expected.get(i).get("distance"));
      assertThat(hit).as(label).isEqualTo(expected.get(i));
    }
  }

  private void checkGroups(RestClient client, NullableRows rows, String field, String label)
      throws Exception {
    ObjectNode body = rows.search(field, random.nextInt(ROWS), NullableRows.THIRDS, "");
    body.put("groupingField", "third").put("groupSize", 5).put("strictGroupSize", true);
    for (JsonNode hit : client.ok("entities/search", body)) {
      assertThat(rows.isPresent(field, hit.get("id").intValue())).as(label + " groups").isTrue();
    }
  }

  private void checkRows(RestClient client, NullableRows rows, String field, String label)
      throws Exception {
    ObjectNode body = NullableRows.body().put("consistencyLevel", "Strong");
    ArrayNode ids = body.putArray("id");
    random.ints(0, rows.count()).distinct().limit(20).forEach(ids::add);
    body.putArray("outputFields").add(field);
    for (JsonNode row : client.ok("entities/get", body)) {
      int id = row.get("id").intValue();
      JsonNode expected =
          rows.isPresent(field, id)
              ? rows.field(field).shown(id)
              : RestClient.JSON.getNodeFactory().nullNode();
      assertThat(row.get(field)).as(label + " id=" + id).isEqualTo(expected);
    }
  }

  /** Rows with only one of the two vectors are found by that one. */
  private void checkHybrid(RestClient client, NullableRows rows, String label) throws Exception {
    ObjectNode body = NullableRows.body().put("limit", ALL).put("consistencyLevel", "Strong");
    ArrayNode parts = body.putArray("search");
    Set<Integer> expected = new TreeSet<>();
    for (String field : List.of("FloatVector", "BinaryVector")) {
      ObjectNode part = parts.addObject().put("annsField", field).put("limit", ALL);
      part.putArray("data").add(rows.field(field).json(3));
      expected.addAll(rows.rows(field, row -> true));
    }
    body.putObject("rerank").put("strategy", "rrf").putObject("params").put("k", 60);
    assertThat(NullableRows.ids(client.ok("entities/hybrid_search", body)))
        .as(label)
        .isEqualTo(expected);
  }

  private void refusals(RestClient client, NullableRows rows) throws Exception {
    String field = "FloatVector";
    int missing = 0;
    while (rows.isPresent(field, missing)) {
      missing++;
    }
    ObjectNode byKey = rows.search(field, 0, 5, "");
    byKey.remove("data");
    byKey.putArray("ids").add(missing);
    refuses(client, "entities/search", byKey, 1100, "the vector of the primary key is null");
    ObjectNode required = NullableRows.body();
    required.set("schema", NullableRows.schemaOf("more", rows.field(field)).put("nullable", false));
    refuses(client, "collections/fields/add", required, 1100, "added field must be nullable");
    ObjectNode shapeless = NullableRows.body();
    ObjectNode schema = NullableRows.schemaOf("more", rows.field(field));
    schema.remove("elementTypeParams");
    shapeless.set("schema", schema);
    refuses(client, "collections/fields/add", shapeless, 1100, "must have dimension specified");
    ObjectNode hinted = rows.search(field, 0, 5, "third == 1");
    ((ObjectNode) hinted.get("searchParams")).put("hints", "guess");
    refuses(client, "entities/search", hinted, 1100, "invalid search hints");
  }

  private static void refuses(
      RestClient client, String path, ObjectNode body, int code, String reason) throws Exception {
    JsonNode answer = client.call(path, body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.get("message").asText()).contains(reason);
  }

  private static void awaitIndexed(RestClient client) throws Exception {
    ObjectNode body = NullableRows.body().put("indexName", LATE);
    Await.until(
        "late field indexed",
        Duration.ofMinutes(1),
        () -> {
          JsonNode index = client.ok("indexes/describe", body).get(0);
          return index.get("indexState").textValue().equals("Finished")
              && index.get("pendingRows").intValue() == 0;
        });
  }
}
