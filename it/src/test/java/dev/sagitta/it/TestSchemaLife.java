package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collection's life beside its rows: partition and clustering keys, fields that are added and
 * altered while rows come, properties, time to live, truncation, databases and their limits. What
 * holds must hold again after the process was killed.
 */
final class TestSchemaLife {
  private static final String ADDED_DEFAULT = "unknown";

  private final List<JsonNode> packages = new ArrayList<>();

  @Test
  void schemasLive(@TempDir Path data) throws Exception {
    packages.addAll(TestPackageFilters.load().values());
    Map<String, String> settings =
        Map.of(
            "sagitta.data-coord.expiry-interval", "1s",
            "sagitta.root-coord.max-database-num", "3",
            "sagitta.proxy.max-field-num", "9",
            "sagitta.limits.max-insert-size", "4MiB");
    try (Server server = Server.start(data, settings)) {
      RestClient client = server.client();
      PackageCollection keyed = new PackageCollection(client, "default", "keyed");
      PackageCollection grown = new PackageCollection(client, "default", "grown");
      PackageCollection cleared = new PackageCollection(client, "default", "cleared");
      PackageCollection expiring = new PackageCollection(client, "default", "expiring");

      createKeyed(keyed);
      checkKeyed(keyed, "growing");
      refusesPartitionNames(keyed);
      keyed.flush();
      checkKeyed(keyed, "sealed");

      grow(grown);
      checkGrown(grown, "before the end");
      truncate(cleared);
      checkTruncated(cleared, "before the end");
      expire(expiring);
      checkExpired(expiring, "before the end");
      PackageCollection moved = moveToAnotherDatabase(client);

      server.killNine();
      server.up();
      checkKeyed(keyed, "after the end");
      checkGrown(grown, "after the end");
      checkTruncated(cleared, "after the end");
      checkExpired(expiring, "after the end");
      assertThat(moved.count("")).isEqualTo(100);

      indexAddedField(grown);
      checkGrown(grown, "with an index of the added field");
      enableDynamicField(grown);
      alterFields(grown);
      isolate(keyed);
      refusesWhatCannotBe(client, grown);
    }
  }

  // ---- partition key and clustering key

  private void createKeyed(PackageCollection keyed) throws Exception {
    keyed.create(
        (body, fields) -> {
          ((ObjectNode) fields.get(2)).put("isPartitionKey", true);
          ((ObjectNode) fields.get(3)).put("isClusteringKey", true);
          body.putObject("params").put("partitionsNum", 5).put("shardsNum", 2);
        });
    keyed.insert(packages, (row, source) -> {});
    assertThat(keyed.field("section").get("partitionKey").asBoolean()).isTrue();
    assertThat(keyed.field("kib").get("clusteringKey").asBoolean()).isTrue();
    assertThat(keyed.describe().get("partitionsNum").asInt()).isEqualTo(5);
    assertThat(keyed.describe().get("shardsNum").asInt()).isEqualTo(2);
    List<String> names = new ArrayList<>();
    keyed.ok("partitions/list", keyed.body()).forEach(name -> names.add(name.asText()));
    assertThat(names)
        .containsExactlyInAnyOrder(
            "_default_0", "_default_1", "_default_2", "_default_3", "_default_4");
  }

  private void checkKeyed(PackageCollection keyed, String at) throws Exception {
    assertThat(keyed.count("")).as(at).isEqualTo(packages.size());
    checkIds(keyed, "section == \"games\"", section("games"), at);
    checkIds(keyed, "section in ['games', 'sound']", section("games", "sound"), at);
    checkIds(keyed, "section == 'net' or section == 'web'", section("net", "web"), at);
    checkIds(
        keyed,
        "section == 'python' and kib > 500",
        row -> section("python").test(row) && kib(row) > 500,
        at);
    checkIds(keyed, "not (section == 'libs')", section("libs").negate(), at);
    checkIds(keyed, "section == 'libs' or kib > 90000", TestSchemaLife::isLibraryOrLarge, at);
    checkIds(keyed, "section == 'no such section'", row -> false, at);
    checkIds(keyed, "section == 'net' and section == 'web'", row -> false, at);
    JsonNode hits = keyed.search("section == \"python\"", 50, "section");
    assertThat(hits).as(at).hasSize(50);
    hits.forEach(hit -> assertThat(hit.get("section").asText()).isEqualTo("python"));
    checkIds(keyed, "kib > 1000000000", row -> false, at);
  }

  private static boolean isLibraryOrLarge(JsonNode row) {
    return section("libs").test(row) || kib(row) > 90_000;
  }

  private void refusesPartitionNames(PackageCollection keyed) throws Exception {
    String reason = "if partition key mode is used";
    ObjectNode insert = keyed.body().put("partitionName", "_default_0");
    insert.putArray("data").addObject().put("id", 1);
    refuses(keyed, "entities/insert", insert, 1100, reason);
    ObjectNode query = keyed.body().put("filter", "id > 0");
    query.putArray("partitionNames").add("_default_0");
    refuses(keyed, "entities/query", query, 1100, reason);
    ObjectNode search = keyed.searchBody("", 5);
    search.putArray("partitionNames").add("_default_0");
    refuses(keyed, "entities/search", search, 1100, reason);
    refuses(
        keyed,
        "entities/delete",
        keyed.body().put("filter", "id == 1").put("partitionName", "_default_0"),
        1100,
        reason);
    refuses(keyed, "partitions/create", keyed.body().put("partitionName", "more"), 65535, reason);
    refuses(
        keyed, "partitions/drop", keyed.body().put("partitionName", "_default_0"), 65535, reason);
    ObjectNode release = keyed.body();
    release.putArray("partitionNames").add("_default_0");
    refuses(keyed, "partitions/release", release, 65535, reason);
  }

  private void isolate(PackageCollection keyed) throws Exception {
    ObjectNode property = keyed.body();
    property.putObject("properties").put("partitionkey.isolation", true);
    refuses(keyed, "collections/alter_properties", property, 702, "already has a vector index");
    keyed.ok("collections/release", keyed.body());
    keyed.ok("indexes/drop", keyed.body().put("indexName", "vector"));
    keyed.ok("collections/alter_properties", property);
    ObjectNode index = keyed.body();
    index
        .putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "L2")
        .put("indexType", "HNSW")
        .putObject("params")
        .put("M", 8)
        .put("efConstruction", 60);
    keyed.ok("indexes/create", index);
    keyed.ok("collections/load", keyed.body());
    assertThat(keyed.search("section == 'games' and kib > 0", 5)).hasSize(5);
    refuses(keyed, "entities/search", keyed.searchBody("", 5), 65535, "partition key not found");
    refuses(
        keyed,
        "entities/search",
        keyed.searchBody("section in ['games', 'net']", 5),
        65535,
        "does not support IN");
    refuses(
        keyed,
        "entities/search",
        keyed.searchBody("section == 'games' or kib > 3", 5),
        65535,
        "does not support OR");
    checkIds(keyed, "section in ['games', 'sound']", section("games", "sound"), "isolated");
  }

  // ---- added fields

  /** A third is flushed, a third growing when the fields come; the last third has values. */
  private void grow(PackageCollection grown) throws Exception {
    grown.create((body, fields) -> {});
    grown.insert(packages.subList(0, 1000), (row, source) -> {});
    grown.flush();
    grown.insert(packages.subList(1000, 2000), (row, source) -> {});
    addField(grown, "summary", "VarChar", node -> {});
    addField(grown, "priority", "VarChar", node -> node.put("defaultValue", ADDED_DEFAULT));
    addField(grown, "tag_count", "Int16", node -> {});
    assertThat(grown.field("summary").get("nullable").asBoolean()).isTrue();
    assertThat(grown.field("priority").get("id").asLong()).isEqualTo(106);
    grown.insert(
        packages.subList(2000, 3000),
        (row, source) -> {
          row.put("summary", source.get("summary").asText());
          row.put("priority", source.get("priority").asText());
          row.put("tag_count", source.get("tags").size());
        });
  }

  private static void addField(
      PackageCollection collection, String name, String type, Consumer<ObjectNode> change)
      throws Exception {
    ObjectNode body = collection.body();
    ObjectNode schema = body.putObject("schema").put("fieldName", name).put("dataType", type);
    schema.put("nullable", true).putObject("elementTypeParams").put("max_length", 1000);
    change.accept(schema);
    collection.ok("collections/fields/add", body);
  }

  private void checkGrown(PackageCollection grown, String at) throws Exception {
    List<JsonNode> late = packages.subList(2000, 3000);
    assertThat(grown.count("")).as(at).isEqualTo(3000);
    assertThat(grown.count("summary is null")).as(at).isEqualTo(2000);
    assertThat(grown.count("tag_count >= 0")).as(at).isEqualTo(1000);
    assertThat(grown.count("priority == '" + ADDED_DEFAULT + "'")).as(at).isEqualTo(2000);
    assertThat(grown.count("priority == 'optional'"))
        .as(at)
        .isEqualTo(late.stream().filter(row -> text(row, "priority").equals("optional")).count());
    assertThat(grown.count("tag_count > 3 and kib > 100"))
        .as(at)
        .isEqualTo(
            late.stream().filter(row -> row.get("tags").size() > 3 && kib(row) > 100).count());
    checkValues(grown, packages.get(10), false, at + " flushed before");
    checkValues(grown, packages.get(1500), false, at + " growing before");
    checkValues(grown, packages.get(2500), true, at + " with values");
    JsonNode hits = grown.search("summary is null", 20, "summary", "priority");
    assertThat(hits).as(at).hasSize(20);
    for (JsonNode hit : hits) {
      assertThat(hit.get("summary").isNull()).as(at).isTrue();
      assertThat(hit.get("priority").asText()).as(at).isEqualTo(ADDED_DEFAULT);
    }
  }

  private static void checkValues(
      PackageCollection grown, JsonNode source, boolean given, String at) throws Exception {
    JsonNode row = grown.query("id == " + source.get("id").asLong(), "*").get(0);
    assertThat(text(row, "name")).as(at).isEqualTo(text(source, "name"));
    assertThat(row.get("summary").isNull()).as(at).isEqualTo(!given);
    assertThat(row.get("tag_count").isNull()).as(at).isEqualTo(!given);
    assertThat(text(row, "priority"))
        .as(at)
        .isEqualTo(given ? text(source, "priority") : ADDED_DEFAULT);
  }

  private static void indexAddedField(PackageCollection grown) throws Exception {
    grown.flush();
    for (String field : List.of("priority", "tag_count")) {
      ObjectNode body = grown.body();
      body.putArray("indexParams")
          .addObject()
          .put("fieldName", field)
          .put("indexName", field + "_index")
          .put("indexType", "INVERTED");
      grown.ok("indexes/create", body);
    }
    Await.until(
        "indexes of added fields",
        Duration.ofMinutes(2),
        () ->
            grown
                .ok("indexes/describe", grown.body().put("indexName", "tag_count_index"))
                .get(0)
                .get("indexState")
                .asText()
                .equals("Finished"));
  }

  private void enableDynamicField(PackageCollection grown) throws Exception {
    ObjectNode body = grown.body();
    body.putObject("properties").put("dynamicfield.enabled", true);
    grown.ok("collections/alter_properties", body);
    assertThat(grown.describe().get("enableDynamicField").asBoolean()).isTrue();
    JsonNode again = RestClient.JSON.readTree(packages.get(0).toString());
    ((ObjectNode) again).put("id", 5_000_000);
    grown.insert(List.of(again), (row, source) -> row.put("colour", "blue"));
    assertThat(grown.ids("colour == 'blue'")).containsExactly(5_000_000L);
    assertThat(grown.query("id == 5000000", "*").get(0).get("colour").asText()).isEqualTo("blue");
    grown.ok("entities/delete", grown.body().put("filter", "id == 5000000"));
    ((ObjectNode) body.get("properties")).put("dynamicfield.enabled", false);
    refuses(grown, "collections/alter_properties", body, 1100, "cannot supported to be disabled");
  }

  // ---- altered fields, indexes and properties

  private void alterFields(PackageCollection grown) throws Exception {
    alterField(grown, "name", "max_length", "30");
    assertThat(grown.field("name").get("params").toString()).contains("\"30\"");
    JsonNode longName = RestClient.JSON.readTree(packages.get(0).toString());
    ((ObjectNode) longName).put("id", 6_000_000).put("name", "x".repeat(31));
    ObjectNode insert = grown.body();
    insert.putArray("data").addObject().put("id", 1).put("name", "x".repeat(31));
    refuses(grown, "entities/insert", insert, 1100, "exceeds max length");
    alterField(grown, "name", "max_length", "40");
    grown.insert(List.of(longName), (row, source) -> {});
    assertThat(grown.count("id == 6000000")).isEqualTo(1);
    alterField(grown, "name", "field.description", "what apt calls it");
    assertThat(grown.field("name").get("description").asText()).isEqualTo("what apt calls it");

    ObjectNode mmap = grown.body().put("fieldName", "name");
    mmap.putObject("fieldParams").put("mmap.enabled", true);
    refuses(grown, "collections/fields/alter_properties", mmap, 104, "collection loaded");
    ObjectNode property = grown.body();
    property.putObject("properties").put("mmap.enabled", true);
    refuses(grown, "collections/alter_properties", property, 104, "can not alter mmap properties");
    ObjectNode index = grown.body().put("indexName", "vector");
    index.putObject("properties").put("mmap.enabled", true);
    refuses(grown, "indexes/alter_properties", index, 104, "loaded collection");
    grown.ok("collections/release", grown.body());
    refuses(grown, "collections/refresh_load", grown.body(), 101, "collection not loaded");
    grown.ok("collections/fields/alter_properties", mmap);
    grown.ok("collections/alter_properties", property);
    grown.ok("indexes/alter_properties", index);
    assertThat(grown.field("name").toString()).contains("mmap.enabled");
    assertThat(describeIndex(grown).toString()).contains("mmap.enabled");
    assertThat(grown.describe().get("properties").toString()).contains("mmap.enabled");
    ObjectNode drop = grown.body().put("indexName", "vector");
    drop.putArray("propertyKeys").add("mmap.enabled");
    grown.ok("indexes/drop_properties", drop);
    assertThat(describeIndex(grown).toString()).doesNotContain("mmap.enabled");
    grown.ok("collections/load", grown.body());
    grown.ok("collections/refresh_load", grown.body());
    assertThat(grown.count("")).isEqualTo(3001);

    ObjectNode level = grown.body();
    level.putObject("properties").put("consistency_level", "Strong").put("unknown.key", "kept");
    grown.ok("collections/alter_properties", level);
    assertThat(grown.describe().get("consistencyLevel").asText()).isEqualTo("Strong");
    assertThat(grown.describe().get("properties").toString()).contains("unknown.key");
  }

  private static void alterField(
      PackageCollection collection, String field, String key, String value) throws Exception {
    ObjectNode body = collection.body().put("fieldName", field);
    body.putObject("fieldParams").put(key, value);
    collection.ok("collections/fields/alter_properties", body);
  }

  private static JsonNode describeIndex(PackageCollection collection) throws Exception {
    return collection.ok("indexes/describe", collection.body().put("indexName", "vector")).get(0);
  }

  // ---- truncation

  private void truncate(PackageCollection cleared) throws Exception {
    cleared.create((body, fields) -> {});
    cleared.insert(packages.subList(0, 700), (row, source) -> {});
    cleared.flush();
    cleared.insert(packages.subList(700, 900), (row, source) -> {});
    assertThat(cleared.count("")).isEqualTo(900);
    cleared.ok("collections/truncate", cleared.body());
    assertThat(cleared.count("")).isZero();
    assertThat(cleared.search("", 10)).isEmpty();
    assertThat(cleared.describe().get("load").asText()).isNotEqualTo("LoadStateNotLoad");
    // The same keys again, and a delete of one of them.
    cleared.insert(packages.subList(650, 800), (row, source) -> {});
    cleared.ok(
        "entities/delete",
        cleared.body().put("filter", "id == " + packages.get(650).get("id").asLong()));
    Await.until(
        "truncated segments are gone", Duration.ofSeconds(30), () -> cleared.storedRows() <= 150);
  }

  private void checkTruncated(PackageCollection cleared, String at) throws Exception {
    Set<Long> expected = new TreeSet<>();
    packages.subList(651, 800).forEach(row -> expected.add(row.get("id").asLong()));
    assertThat(cleared.ids("")).as(at).isEqualTo(expected);
    assertThat(cleared.search("", 200)).as(at).hasSize(149);
  }

  // ---- time to live

  private void expire(PackageCollection expiring) throws Exception {
    expiring.create((body, fields) -> body.putObject("params").put("ttlSeconds", 3600));
    assertThat(expiring.describe().get("properties").toString())
        .contains("collection.ttl.seconds", "3600");
    expiring.insert(packages.subList(0, 300), (row, source) -> {});
    expiring.flush();
    expiring.insert(packages.subList(300, 400), (row, source) -> {});
    assertThat(expiring.count("")).isEqualTo(400);
    setTtl(expiring, 1);
    Await.until("rows expire", Duration.ofSeconds(20), () -> expiring.count("") == 0);
    assertThat(expiring.search("", 10)).isEmpty();
    ObjectNode get = expiring.body().put("id", packages.get(3).get("id").asLong());
    assertThat(expiring.ok("entities/get", get.put("consistencyLevel", "Strong"))).isEmpty();
    expiring.flush();
    Await.until(
        "expired segments are gone", Duration.ofSeconds(30), () -> expiring.storedRows() == 0);
    ObjectNode drop = expiring.body();
    drop.putArray("propertyKeys").add("collection.ttl.seconds");
    expiring.ok("collections/drop_properties", drop);
    expiring.insert(packages.subList(390, 410), (row, source) -> {});
  }

  private static void setTtl(PackageCollection collection, int seconds) throws Exception {
    ObjectNode body = collection.body();
    body.putObject("properties").put("collection.ttl.seconds", seconds);
    collection.ok("collections/alter_properties", body);
  }

  private void checkExpired(PackageCollection expiring, String at) throws Exception {
    assertThat(expiring.count("")).as(at).isEqualTo(20);
    assertThat(expiring.search("", 100)).as(at).hasSize(20);
  }

  // ---- databases, limits

  private PackageCollection moveToAnotherDatabase(RestClient client) throws Exception {
    client.ok("databases/create", RestClient.object().put("dbName", "archive"));
    ObjectNode alter = RestClient.object().put("dbName", "archive");
    alter.putObject("properties").put("database.max.collections", 1).put("note", "old things");
    client.ok("databases/alter", alter);
    ObjectNode drop = RestClient.object().put("dbName", "archive");
    drop.putArray("propertyKeys").add("note");
    client.ok("databases/drop_properties", drop);
    JsonNode described =
        client.ok("databases/describe", RestClient.object().put("dbName", "archive"));
    assertThat(described.get("properties").toString())
        .contains("database.max.collections")
        .doesNotContain("old things");
    PackageCollection current = new PackageCollection(client, "default", "current");
    current.create((body, fields) -> {});
    current.insert(packages.subList(0, 100), (row, source) -> {});
    client.ok(
        "collections/rename",
        current.body().put("newCollectionName", "yesterday").put("newDbName", "archive"));
    PackageCollection moved = new PackageCollection(client, "archive", "yesterday");
    assertThat(moved.count("")).isEqualTo(100);
    refuses(current, "collections/describe", current.body(), 100, "can't find collection");
    ObjectNode another = RestClient.object().put("dbName", "archive");
    another.put("collectionName", "more").put("dimension", 4);
    JsonNode answer = client.call("collections/create", another);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isEqualTo(102);
    client.ok("databases/create", RestClient.object().put("dbName", "third"));
    JsonNode fourth = client.call("databases/create", RestClient.object().put("dbName", "fourth"));
    assertThat(fourth.get("code").asInt()).as(fourth.toString()).isEqualTo(801);
    return moved;
  }

  private void refusesWhatCannotBe(RestClient client, PackageCollection grown) throws Exception {
    refusesField(grown, "summary", "VarChar", true, "duplicated field name");
    refusesField(grown, "strict", "Int64", false, "added field must be nullable");
    refusesField(grown, "embedding", "FloatVector", false, "added field must be nullable");
    refusesField(grown, "$meta", "JSON", true, "field name");
    ObjectNode key = grown.body();
    key.putObject("schema")
        .put("fieldName", "tenant")
        .put("dataType", "Int64")
        .put("nullable", true)
        .put("isPartitionKey", true);
    refuses(grown, "collections/fields/add", key, 1100, "not support to add partition key field");
    addField(grown, "ninth", "Int64", node -> {});
    refusesField(grown, "tenth", "Int64", true, "has reached the maximum value 9");

    for (Map.Entry<String, String> property :
        Map.of(
                "collection.ttl.seconds", "-100",
                "mmap.enabled", "perhaps",
                "timezone", "Mars/Olympus",
                "consistency_level", "Loose",
                "collection.replica.number", "0",
                "partitionkey.isolation", "maybe")
            .entrySet()) {
      ObjectNode body = grown.body();
      body.putObject("properties").put(property.getKey(), property.getValue());
      JsonNode answer = grown.answer("collections/alter_properties", body);
      assertThat(answer.get("code").asInt())
          .as(property + ": " + answer)
          .isIn(1100, property.getKey().equals("mmap.enabled") ? 104 : 1100);
    }
    ObjectNode isolation = grown.body();
    isolation.putObject("properties").put("partitionkey.isolation", true);
    refuses(grown, "collections/alter_properties", isolation, 105, "no partition key field is set");
    ObjectNode parameter = grown.body().put("fieldName", "vector");
    parameter.putObject("fieldParams").put("dim", 16);
    refuses(grown, "collections/fields/alter_properties", parameter, 1100, "does not allow update");
    ObjectNode large = grown.body();
    large.putArray("data").addObject().put("name", "x".repeat(5 << 20));
    refuses(grown, "entities/insert", large, 1102, "too large");
    ObjectNode bad = RestClient.object().put("dbName", "archive");
    bad.putObject("properties").put("database.force.deny.writing", "sometimes");
    JsonNode answer = client.call("databases/alter_properties", bad);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isEqualTo(1100);
  }

  private static void refusesField(
      PackageCollection collection, String name, String type, boolean nullable, String reason)
      throws Exception {
    ObjectNode body = collection.body();
    ObjectNode schema = body.putObject("schema").put("fieldName", name).put("dataType", type);
    schema.put("nullable", nullable).putObject("elementTypeParams").put("max_length", 9);
    ((ObjectNode) schema.get("elementTypeParams")).put("dim", 8);
    JsonNode answer = collection.answer("collections/fields/add", body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isIn(1100, 1701);
    assertThat(answer.get("message").asText()).contains(reason);
  }

  // ---- helpers

  private static void refuses(
      PackageCollection collection, String path, ObjectNode body, int code, String reason)
      throws Exception {
    JsonNode answer = collection.answer(path, body);
    assertThat(answer.get("code").asInt()).as(path + ": " + answer).isEqualTo(code);
    assertThat(answer.get("message").asText()).as(path).contains(reason);
  }

  private void checkIds(
      PackageCollection collection, String filter, Predicate<JsonNode> wanted, String at)
      throws Exception {
    Set<Long> expected = new TreeSet<>();
    for (JsonNode row : packages) {
      if (wanted.test(row)) {
        expected.add(row.get("id").asLong());
      }
    }
    assertThat(collection.ids(filter)).as(at + ": " + filter).isEqualTo(expected);
    assertThat(collection.count(filter)).as(at + ": count " + filter).isEqualTo(expected.size());
  }

  private static Predicate<JsonNode> section(String... sections) {
    Set<String> wanted = Set.of(sections);
    return row -> wanted.contains(text(row, "section"));
  }

  private static long kib(JsonNode row) {
    return row.get("installed_kib").asLong();
  }

  private static String text(JsonNode row, String name) {
    return row.get(name).asText();
  }
}
