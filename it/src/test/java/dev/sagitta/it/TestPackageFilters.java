package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of filter on Debian's package list, compared with plain Java on the same rows: in a
 * growing segment, after a flush, after deletes, and as the filter of a search.
 */
final class TestPackageFilters {
  private static final int DIMENSION = 4;

  @Test
  void filtersAgreeWithAReference(@TempDir Path data) throws Exception {
    Map<Long, JsonNode> packages = load();
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      create(client);
      insert(client, packages);
      checkAll(client, packages, "growing");
      client.ok("collections/flush", RestClient.object().put("collectionName", "packages"));
      checkAll(client, packages, "sealed");
      client.ok(
          "entities/delete",
          RestClient.object()
              .put("collectionName", "packages")
              .put("filter", "section == \"libs\" and installed_kib > 1000"));
      packages.values().removeIf(row -> text(row, "section").equals("libs") && kib(row) > 1000);
      checkAll(client, packages, "after deletes");
      checkSearch(client, packages);
    }
  }

  private static Map<String, Predicate<JsonNode>> filters() {
    Map<String, Predicate<JsonNode>> filters = new LinkedHashMap<>();
    filters.put("installed_kib > 5000", row -> kib(row) > 5000);
    filters.put("100 < installed_kib <= 300", row -> kib(row) > 100 && kib(row) <= 300);
    filters.put("section == \"python\"", row -> text(row, "section").equals("python"));
    filters.put(
        "section != 'libs' and size_bytes < 10000",
        row -> !text(row, "section").equals("libs") && size(row) < 10_000);
    filters.put(
        "section in [\"games\", \"sound\", \"video\"] or installed_kib == 40",
        row -> Set.of("games", "sound", "video").contains(text(row, "section")) || kib(row) == 40);
    filters.put("not (priority == \"optional\")", row -> !text(row, "priority").equals("optional"));
    filters.put("name like \"lib%\"", row -> text(row, "name").startsWith("lib"));
    filters.put("name like \"%-dev\"", row -> text(row, "name").endsWith("-dev"));
    filters.put("summary like \"%library%\"", row -> text(row, "summary").contains("library"));
    filters.put("installed_kib % 7 == 3", row -> kib(row) % 7 == 3);
    filters.put("installed_kib * 2 >= 100000", row -> kib(row) * 2 >= 100_000);
    filters.put("ratio > 2.5", row -> ratio(row) > 2.5);
    filters.put("array_length(tags) == 0", row -> row.get("tags").isEmpty());
    filters.put(
        "array_contains(tags, \"role::program\")", row -> tags(row).contains("role::program"));
    filters.put(
        "array_contains_any(tags, [\"role::program\", \"role::shared-lib\"])",
        row -> tags(row).contains("role::program") || tags(row).contains("role::shared-lib"));
    filters.put(
        "array_contains_all(tags, [\"role::program\", \"scope::utility\"])",
        row -> tags(row).containsAll(Set.of("role::program", "scope::utility")));
    filters.put("info[\"section\"] == \"science\"", row -> text(row, "section").equals("science"));
    filters.put("info[\"kib\"] > 20000", row -> kib(row) > 20_000);
    filters.put(
        "json_contains(info[\"tags\"], \"role::program\")",
        row -> tags(row).contains("role::program"));
    filters.put("exists info[\"long\"]", row -> text(row, "description").length() > 500);
    filters.put("dynamic_kib >= 1000", row -> kib(row) >= 1000);
    filters.put("tag_count is null", row -> row.get("tags").isEmpty());
    filters.put(
        "tag_count is not null and tag_count < 4",
        row -> !row.get("tags").isEmpty() && row.get("tags").size() < 4);
    filters.put(
        "not (tag_count > 3)", row -> !row.get("tags").isEmpty() && row.get("tags").size() <= 3);
    filters.put(
        "id in [1, 5, 9, 77, 29999]", row -> Set.of(1L, 5L, 9L, 77L, 29_999L).contains(id(row)));
    filters.put(
        "(section == \"web\" or section == \"net\") and not (installed_kib < 500) and name like \"%o%\"",
        row ->
            (text(row, "section").equals("web") || text(row, "section").equals("net"))
                && kib(row) >= 500
                && text(row, "name").contains("o"));
    return filters;
  }

  static void checkAll(RestClient client, Map<Long, JsonNode> packages, String phase)
      throws Exception {
    for (Map.Entry<String, Predicate<JsonNode>> filter : filters().entrySet()) {
      Set<Long> expected = new TreeSet<>();
      packages.forEach(
          (id, row) -> {
            if (filter.getValue().test(row)) {
              expected.add(id);
            }
          });
      ObjectNode body =
          RestClient.object()
              .put("collectionName", "packages")
              .put("filter", filter.getKey())
              .put("limit", 16_384)
              .put("consistencyLevel", "Strong");
      body.putArray("outputFields").add("id");
      Set<Long> actual = new TreeSet<>();
      client.ok("entities/query", body).forEach(row -> actual.add(row.get("id").asLong()));
      assertThat(actual).as(phase + ": " + filter.getKey()).isEqualTo(expected);
    }
  }

  private static void checkSearch(RestClient client, Map<Long, JsonNode> packages)
      throws Exception {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", "packages")
            .put("filter", "section == \"python\"")
            .put("limit", 100)
            .put("consistencyLevel", "Strong");
    ArrayNode query = body.putArray("data").addArray();
    for (int i = 0; i < DIMENSION; i++) {
      query.add(1);
    }
    body.putArray("outputFields").add("name").add("section");
    JsonNode hits = client.ok("entities/search", body);
    assertThat(hits).isNotEmpty();
    for (JsonNode hit : hits) {
      assertThat(hit.get("section").asText()).isEqualTo("python");
      assertThat(hit.get("name").asText())
          .isEqualTo(text(packages.get(hit.get("id").asLong()), "name"));
    }
  }

  static void create(RestClient client) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "packages");
    ObjectNode schema = body.putObject("schema").put("enableDynamicField", true);
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    for (String name : List.of("name", "section", "priority", "summary")) {
      fields
          .addObject()
          .put("fieldName", name)
          .put("dataType", "VarChar")
          .putObject("elementTypeParams")
          .put("max_length", 1000);
    }
    fields.addObject().put("fieldName", "installed_kib").put("dataType", "Int64");
    fields.addObject().put("fieldName", "size_bytes").put("dataType", "Int64");
    fields.addObject().put("fieldName", "ratio").put("dataType", "Double");
    fields.addObject().put("fieldName", "tag_count").put("dataType", "Int16").put("nullable", true);
    fields
        .addObject()
        .put("fieldName", "tags")
        .put("dataType", "Array")
        .put("elementDataType", "VarChar")
        .putObject("elementTypeParams")
        .put("max_length", 200)
        .put("max_capacity", 100);
    fields.addObject().put("fieldName", "info").put("dataType", "JSON");
    fields
        .addObject()
        .put("fieldName", "vector")
        .put("dataType", "FloatVector")
        .putObject("elementTypeParams")
        .put("dim", DIMENSION);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "L2")
        .put("indexType", "FLAT");
    client.ok("collections/create", body);
  }

  static void insert(RestClient client, Map<Long, JsonNode> packages) throws Exception {
    List<JsonNode> all = new ArrayList<>(packages.values());
    for (int from = 0; from < all.size(); from += 500) {
      ObjectNode body = RestClient.object().put("collectionName", "packages");
      ArrayNode data = body.putArray("data");
      for (JsonNode source : all.subList(from, Math.min(all.size(), from + 500))) {
        addRow(data.addObject(), source);
      }
      client.ok("entities/insert", body);
    }
  }

  private static void addRow(ObjectNode row, JsonNode source) {
    row.put("id", id(source));
    for (String name : List.of("name", "section", "priority", "summary")) {
      row.put(name, text(source, name));
    }
    row.put("installed_kib", kib(source)).put("size_bytes", size(source));
    row.put("ratio", ratio(source));
    if (!source.get("tags").isEmpty()) {
      row.put("tag_count", source.get("tags").size());
    }
    row.set("tags", source.get("tags"));
    ObjectNode info = row.putObject("info").put("section", text(source, "section"));
    info.put("kib", kib(source)).set("tags", source.get("tags"));
    if (text(source, "description").length() > 500) {
      info.put("long", true);
    }
    row.put("dynamic_kib", kib(source));
    ArrayNode vector = row.putArray("vector");
    for (int i = 0; i < DIMENSION; i++) {
      vector.add((id(source) >> (3 * i)) % 10);
    }
  }

  static Map<Long, JsonNode> load() throws IOException {
    Map<Long, JsonNode> packages = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    TestPackageFilters.class.getResourceAsStream("/packages-3000.jsonl.gz")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = RestClient.JSON.readTree(line);
        packages.put(id(row), row);
      }
    }
    return packages;
  }

  private static long id(JsonNode row) {
    return row.get("id").asLong();
  }

  static long kib(JsonNode row) {
    return row.get("installed_kib").asLong();
  }

  private static long size(JsonNode row) {
    return row.get("size_bytes").asLong();
  }

  private static double ratio(JsonNode row) {
    return kib(row) * 1024.0 / Math.max(1, size(row));
  }

  static String text(JsonNode row, String name) {
    return row.get(name).asText();
  }

  private static Set<String> tags(JsonNode row) {
    Set<String> tags = new TreeSet<>();
    row.get("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }
}
