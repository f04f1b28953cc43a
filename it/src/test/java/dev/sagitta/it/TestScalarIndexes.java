package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every family of scalar indexes over Debian's package list: each filter answers the same rows
 * before there are indexes, with them, after a restart, after deletes, and when they are dropped
 * while the collection stays loaded.
 */
final class TestScalarIndexes {
  private static final String COLLECTION = "packages";

  /** An index to create; the parameters are keys and values in turn. */
  private record Wanted(String field, String name, String type, List<String> parameters) {
    static Wanted of(String field, String type, String... parameters) {
      return new Wanted(field, field + "_index", type, List.of(parameters));
    }

    static Wanted ofPath(String name, String field, String path, String cast) {
      return new Wanted(
          field, name, "INVERTED", List.of("json_path", path, "json_cast_type", cast));
    }

    ObjectNode request() {
      ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
      ObjectNode index = body.putArray("indexParams").addObject();
      index.put("fieldName", field).put("indexName", name);
      if (!type.isEmpty()) {
        index.put("indexType", type);
      }
      ObjectNode params = index.putObject("params");
      for (int i = 0; i < parameters.size(); i += 2) {
        params.put(parameters.get(i), parameters.get(i + 1));
      }
      return body;
    }
  }

  private static final List<Wanted> FIRST =
      List.of(
          Wanted.of("id", "STL_SORT"),
          Wanted.of("name", "Trie"),
          Wanted.of("section", "BITMAP"),
          Wanted.of("priority", "AUTOINDEX"),
          Wanted.of("summary", "NGRAM", "min_gram", "2", "max_gram", "3"),
          Wanted.of("installed_kib", "INVERTED"),
          Wanted.of("size_bytes", "STL_SORT"),
          Wanted.of("ratio", ""),
          Wanted.of("tag_count", "HYBRID", "bitmap_cardinality_limit", "50"),
          Wanted.of("tags", "INVERTED"),
          Wanted.ofPath("info_section", "info", "info[\"section\"]", "VARCHAR"),
          Wanted.ofPath("info_kib", "info", "info[\"kib\"]", "DOUBLE"),
          Wanted.ofPath("info_tags", "info", "info['tags']", "ARRAY_VARCHAR"),
          Wanted.ofPath("info_long", "info", "info[\"long\"]", "BOOL"),
          new Wanted(
              "dynamic_kib", "dynamic_index", "INVERTED", List.of("json_cast_type", "DOUBLE")));

  private static final List<Wanted> SECOND =
      List.of(
          Wanted.of("name", "NGRAM", "min_gram", "1", "max_gram", "4"),
          Wanted.of("section", "marisa-trie"),
          Wanted.of("priority", "INVERTED"),
          Wanted.of("installed_kib", "BITMAP"),
          Wanted.of("tag_count", "sort"),
          Wanted.of("tags", "BITMAP"),
          Wanted.of("info", "AUTOINDEX", "json_cast_type", "JSON"));

  @Test
  void filtersAnswerTheSameWithIndexes(@TempDir Path data) throws Exception {
    Map<Long, JsonNode> packages = TestPackageFilters.load();
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      TestPackageFilters.create(client);
      refusesWhatCannotBe(client);
      TestPackageFilters.insert(client, packages);
      client.ok("collections/flush", RestClient.object().put("collectionName", COLLECTION));
      TestPackageFilters.checkAll(client, packages, "sealed, without indexes");

      create(client, FIRST, packages.size());
      assertThat(DataFiles.containing(data, "/indexes/")).hasSizeGreaterThanOrEqualTo(FIRST.size());
      TestPackageFilters.checkAll(client, packages, "first indexes");
      server.killNine();
      server.up();
      TestPackageFilters.checkAll(client, packages, "first indexes after a restart");
      drop(client, FIRST);
      TestPackageFilters.checkAll(client, packages, "first indexes dropped");

      create(client, SECOND, packages.size());
      TestPackageFilters.checkAll(client, packages, "second indexes");
      client.ok(
          "entities/delete",
          RestClient.object()
              .put("collectionName", COLLECTION)
              .put("filter", "section == \"libs\" and installed_kib > 1000"));
      packages
          .values()
          .removeIf(
              row ->
                  TestPackageFilters.text(row, "section").equals("libs")
                      && TestPackageFilters.kib(row) > 1000);
      TestPackageFilters.checkAll(client, packages, "second indexes after deletes");
    }
  }

  private static void create(RestClient client, List<Wanted> indexes, int rows) throws Exception {
    for (Wanted index : indexes) {
      client.ok("indexes/create", index.request());
      // Once more is no error.
      client.ok("indexes/create", index.request());
    }
    List<String> names = new ArrayList<>();
    client
        .ok("indexes/list", RestClient.object().put("collectionName", COLLECTION))
        .forEach(name -> names.add(name.asText()));
    for (Wanted index : indexes) {
      assertThat(names).contains(index.name());
      Await.until(
          "index " + index.name(),
          Duration.ofMinutes(2),
          () -> {
            JsonNode described = describe(client, index);
            assertThat(described.get("failReason").asText()).isEmpty();
            return described.get("indexState").asText().equals("Finished")
                && described.get("indexedRows").asLong() == rows;
          });
      JsonNode described = describe(client, index);
      assertThat(described.get("indexType").asText())
          .isEqualTo(index.type().isEmpty() ? "AUTOINDEX" : index.type());
      assertThat(described.get("metricType").asText()).isEmpty();
    }
  }

  private static JsonNode describe(RestClient client, Wanted index) throws Exception {
    return client
        .ok(
            "indexes/describe",
            RestClient.object().put("collectionName", COLLECTION).put("indexName", index.name()))
        .get(0);
  }

  private static void drop(RestClient client, List<Wanted> indexes) throws Exception {
    for (Wanted index : indexes) {
      client.ok(
          "indexes/drop",
          RestClient.object().put("collectionName", COLLECTION).put("indexName", index.name()));
    }
    JsonNode names =
        client.ok("indexes/list", RestClient.object().put("collectionName", COLLECTION));
    assertThat(names).hasSize(1);
  }

  private static void refusesWhatCannotBe(RestClient client) throws Exception {
    refuses(client, Wanted.of("ratio", "BITMAP"), 1100);
    refuses(client, Wanted.of("id", "BITMAP"), 1100);
    refuses(client, Wanted.of("installed_kib", "Trie"), 1100);
    refuses(client, Wanted.of("tags", "STL_SORT"), 1100);
    refuses(client, Wanted.of("name", "NO_SUCH_INDEX"), 1100);
    refuses(client, Wanted.of("name", "NGRAM"), 1100);
    refuses(client, Wanted.of("name", "NGRAM", "min_gram", "0", "max_gram", "3"), 1100);
    refuses(client, Wanted.of("name", "NGRAM", "min_gram", "3", "max_gram", "2"), 1100);
    refuses(client, Wanted.of("section", "HYBRID", "bitmap_cardinality_limit", "1001"), 1100);
    refuses(client, Wanted.of("info", "INVERTED"), 1101);
    refuses(client, Wanted.of("info", "BITMAP", "json_cast_type", "DOUBLE"), 1100);
    refuses(client, Wanted.ofPath("path", "info", "info[\"kib\"", "DOUBLE"), 65535);
    refuses(client, Wanted.ofPath("path", "info", "name", "DOUBLE"), 65535);
    refuses(client, Wanted.ofPath("path", "info", "info[\"kib\"]", "INT"), 1100);
  }

  private static void refuses(RestClient client, Wanted index, int code) throws Exception {
    JsonNode answer = client.call("indexes/create", index.request());
    assertThat(answer.get("code").asInt()).as(index + ": " + answer).isEqualTo(code);
  }
}
