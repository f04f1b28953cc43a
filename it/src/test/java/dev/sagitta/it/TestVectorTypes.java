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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vectors of every type with every family of indexes that supports them: growing, sealed and
 * indexed, after a restart; plain, filtered and range searches against exact results in plain Java.
 */
final class TestVectorTypes {
  private static final int ROWS = 1_500;
  private static final int QUERIES = 5;
  private static final int TOP_K = 10;

  private final long seed = Long.getLong("sagitta.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<VectorCase> cases = VectorCase.all(random, ROWS);

  @Test
  void everyTypeWithEveryFamily(@TempDir Path data) throws Exception {
    System.out.println("vector types: seed=" + seed);
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      for (VectorCase each : cases) {
        create(client, each);
        insert(client, each);
        check(client, each, "growing");
        client.ok("collections/flush", named(each));
      }
      for (VectorCase each : cases) {
        awaitIndex(client, each);
        check(client, each, "sealed");
        checkRange(client, each);
        checkVectorsComeBack(client, each);
        checkSearchByKey(client, each);
      }
    }
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      for (VectorCase each : cases) {
        awaitLoaded(client, each);
        check(client, each, "restarted");
      }
    }
  }

  private static ObjectNode named(VectorCase each) {
    return RestClient.object().put("collectionName", each.name());
  }

  private static void create(RestClient client, VectorCase each) throws Exception {
    ObjectNode body = named(each);
    ArrayNode fields = body.putObject("schema").putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "third").put("dataType", "Int64");
    ObjectNode vector =
        fields.addObject().put("fieldName", "vector").put("dataType", each.dataType());
    if (!each.sparse()) {
      vector.putObject("elementTypeParams").put("dim", VectorCase.DIMENSION);
    }
    ObjectNode index = body.putArray("indexParams").addObject();
    index.put("fieldName", "vector").put("indexName", "vector").put("metricType", each.metric());
    index.put("indexType", each.indexType()).set("params", each.buildParameters());
    client.ok("collections/create", body);
  }

  private static void insert(RestClient client, VectorCase each) throws Exception {
    ArrayNode rows = RestClient.JSON.createArrayNode();
    for (int row = 0; row < ROWS; row++) {
      rows.addObject().put("id", row).put("third", row % 3).set("vector", each.json(row));
    }
    client.ok("entities/insert", named(each).set("data", rows));
  }

  private void check(RestClient client, VectorCase each, String phase) throws Exception {
    check(client, each, phase, "", row -> true);
    check(client, each, phase + " filtered", "third == 1", row -> row % 3 == 1);
  }

  private void check(
      RestClient client, VectorCase each, String phase, String filter, IntPredicate allowed)
      throws Exception {
    String label = each.name() + " " + phase + " seed=" + seed;
    int found = 0;
    int wanted = 0;
    for (int query = 0; query < QUERIES; query++) {
      int row = query * 37;
      JsonNode hits = client.ok("entities/search", search(each, row).put("filter", filter));
      List<Integer> expected = nearest(each, row, allowed);
      double worst = each.score(row, expected.getLast());
      wanted += expected.size();
      Set<Long> keys = new HashSet<>();
      for (JsonNode hit : hits) {
        int key = hit.get("id").intValue();
        assertThat(allowed.test(key)).as(label).isTrue();
        assertThat(keys.add((long) key)).as(label).isTrue();
        double score = each.score(row, key);
        assertThat(hit.get("distance").doubleValue())
            .as(label + " row=" + key)
            .isCloseTo(
                score,
                within(each.scoreError() * (1 + Math.max(Math.abs(score), Math.abs(worst)))));
        found += each.isAsNear(score, worst) ? 1 : 0;
      }
    }
    assertThat((double) found / wanted).as("recall of " + label).isBetween(each.recallFloor(), 1.0);
  }

  private static ObjectNode search(VectorCase each, int row) {
    ObjectNode body = named(each).put("limit", TOP_K).put("consistencyLevel", "Strong");
    body.putArray("data").add(each.json(row));
    body.putObject("searchParams").set("params", each.searchParameters());
    body.putArray("outputFields").add("third");
    return body;
  }

  private static List<Integer> nearest(VectorCase each, int row, IntPredicate allowed) {
    Comparator<Integer> nearestFirst =
        Comparator.comparingDouble(
            key -> each.largerIsNearer() ? -each.score(row, key) : each.score(row, key));
    return IntStream.range(0, ROWS)
        .filter(allowed)
        .filter(key -> !each.sparse() || each.score(row, key) > 0)
        .boxed()
        .sorted(nearestFirst)
        .limit(TOP_K)
        .toList();
  }

  private void checkRange(RestClient client, VectorCase each) throws Exception {
    List<Double> scores = new ArrayList<>();
    for (int key = 0; key < ROWS; key++) {
      scores.add(each.score(0, key));
    }
    scores.sort(each.largerIsNearer() ? Comparator.reverseOrder() : Comparator.naturalOrder());
    double outer = scores.get(60);
    ObjectNode body = search(each, 0);
    ((ObjectNode) body.get("searchParams").get("params")).put("radius", outer);
    JsonNode hits = client.ok("entities/search", body);
    assertThat(hits.size()).as(each.name() + " range seed=" + seed).isPositive();
    for (JsonNode hit : hits) {
      double score = hit.get("distance").doubleValue();
      assertThat(each.largerIsNearer() ? score > outer - 1e-3 : score < outer + 1e-3)
          .as(each.name() + " score=" + score + " outer=" + outer + " seed=" + seed)
          .isTrue();
    }
  }

  private void checkVectorsComeBack(RestClient client, VectorCase each) throws Exception {
    ObjectNode body = named(each);
    body.putArray("id").add(3).add(700).add(ROWS - 1);
    body.putArray("outputFields").add("vector");
    JsonNode rows = client.ok("entities/get", body);
    assertThat(rows.size()).isEqualTo(3);
    for (JsonNode row : rows) {
      assertThat(row.get("vector"))
          .as(each.name() + " seed=" + seed)
          .isEqualTo(each.shown(row.get("id").intValue()));
    }
  }

  private void checkSearchByKey(RestClient client, VectorCase each) throws Exception {
    ObjectNode byVector = search(each, 74);
    ObjectNode byKey = byVector.deepCopy();
    byKey.remove("data");
    byKey.putArray("ids").add(74);
    assertThat(client.ok("entities/search", byKey))
        .as(each.name() + " seed=" + seed)
        .isEqualTo(client.ok("entities/search", byVector));
  }

  private static void awaitIndex(RestClient client, VectorCase each) throws Exception {
    ObjectNode body = named(each).put("indexName", "vector");
    Await.until(
        each.name() + " indexed",
        Duration.ofMinutes(3),
        () -> {
          JsonNode index = client.ok("indexes/describe", body).get(0);
          return index.get("indexState").textValue().equals("Finished")
              && index.get("indexedRows").intValue() == ROWS;
        });
  }

  private static void awaitLoaded(RestClient client, VectorCase each) throws Exception {
    Await.until(
        each.name() + " loaded",
        Duration.ofMinutes(2),
        () ->
            client
                .ok("collections/get_load_state", named(each))
                .get("loadState")
                .textValue()
                .equals("LoadStateLoaded"));
  }
}
