package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares everything the server shows with what the clients were told. */
final class WriteAudit {
  private static final int PAGE = 10_000;

  private WriteAudit() {}

  /** Every acknowledged row is there once, no deleted one is back, and all counts agree. */
  static void check(RestClient client, String collection, List<WritingClient> writers)
      throws Exception {
    Map<Long, Long> shown = readAll(client, collection);
    List<String> problems = new ArrayList<>();
    for (WritingClient writer : writers) {
      KeyHistory history = writer.history();
      for (long key : history.keys()) {
        long version = shown.getOrDefault(key, KeyHistory.ABSENT);
        if (!history.allowed(key).contains(version)) {
          problems.add(
              "key=" + key + " shows version " + version + ", expected " + history.allowed(key));
        }
        history.settle(key, version);
      }
    }
    assertThat(problems).as("rows that differ from what was acknowledged").isEmpty();
    assertThat(client.count(collection, "Strong")).isEqualTo(shown.size());
    checkSearch(client, collection, shown.keySet());
  }

  private static Map<Long, Long> readAll(RestClient client, String collection) throws Exception {
    Map<Long, Long> shown = new HashMap<>();
    long last = -1;
    while (true) {
      ObjectNode body =
          RestClient.object()
              .put("collectionName", collection)
              .put("filter", "id > " + last)
              .put("limit", PAGE)
              .put("consistencyLevel", "Strong");
      body.putArray("outputFields").add("id").add("version");
      JsonNode rows = client.ok("entities/query", body);
      for (JsonNode row : rows) {
        long key = row.get("id").asLong();
        assertThat(key).as("rows come in the order of their keys, each once").isGreaterThan(last);
        shown.put(key, row.get("version").asLong());
        last = key;
      }
      if (rows.size() < PAGE) {
        return shown;
      }
    }
  }

  private static void checkSearch(RestClient client, String collection, Set<Long> expected)
      throws Exception {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", collection)
            .put("limit", 16_384)
            .put("consistencyLevel", "Strong");
    body.putArray("data").addArray().add(1).add(1).add(1).add(1).add(1).add(1).add(1).add(1);
    body.putArray("outputFields").add("id");
    JsonNode hits = client.ok("entities/search", body);
    List<Long> keys = new ArrayList<>();
    hits.forEach(hit -> keys.add(hit.get("id").asLong()));
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(expected).containsAll(keys);
    if (expected.size() <= 2_000) {
      assertThat(keys).hasSameSizeAs(expected);
    }
  }
}
