package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same few steps on every supported server: create, insert, search, delete, flush, restart,
 * search; and texts that the model in the server's process embeds, which nobody flushes but a
 * stopping server. Payara Server and WildFly run with the Maven profile {@code servers}, or when
 * the system property {@code sagitta.servers.payara} or {@code sagitta.servers.wildfly} names an
 * unpacked one.
 */
final class TestServers {
  private static final String COLLECTION = "smoke";
  private static final int ROWS = 300;
  private static final int DIMENSION = 16;
  private static final int DELETED = 7;

  private final long seed = Long.getLong("sagitta.seed", System.nanoTime());
  private final float[][] vectors = randomVectors(new Random(seed));

  @Test
  void payaraMicro(@TempDir Path data) throws Exception {
    smoke(SmokeServer.micro(data), data);
  }

  @Test
  void payaraServer(@TempDir Path data) throws Exception {
    smoke(ScriptedServer.payara(home("sagitta.servers.payara"), data), data);
  }

  @Test
  void wildfly(@TempDir Path data) throws Exception {
    smoke(ScriptedServer.wildfly(home("sagitta.servers.wildfly"), data), data);
  }

  private static Path home(String property) {
    String home = System.getProperty(property, "");
    assumeTrue(
        !home.isEmpty(),
        property + " names no server: run with -Pservers, which downloads and unpacks both");
    return Path.of(home);
  }

  private void smoke(SmokeServer server, Path data) throws Exception {
    System.out.println("smoke test: seed=" + seed);
    timed("start", server);
    List<Path> flushedByRequest = new ArrayList<>();
    thenStopped(
        server,
        () -> {
          fill(server.client());
          assertRows(server.client());
          fillTexts(server.client());
          assertTexts(server.client());
          flushedByRequest.addAll(DataFiles.containing(data.resolve("store"), ".binlog"));
        });
    List<Path> flushed = DataFiles.containing(data.resolve("store"), ".binlog");
    assertThat(flushed).containsAll(flushedByRequest);
    assertThat(flushed.size() > flushedByRequest.size())
        .as("whether the texts were flushed by the stop")
        .isEqualTo(server.flushesWhenStopped());
    timed("restart", server);
    thenStopped(
        server,
        () -> {
          assertRows(server.client());
          assertTexts(server.client());
        });
  }

  /** A server that cannot be stopped, perhaps since it died, must not hide why the steps failed. */
  private static void thenStopped(SmokeServer server, Executable steps) throws Exception {
    try {
      steps.execute();
    } catch (Throwable e) {
      try {
        server.stop();
      } catch (IOException | AssertionError stopping) {
        e.addSuppressed(stopping);
      }
      throw new AssertionError("steps failed: " + e.getMessage(), e);
    }
    long begin = System.nanoTime();
    server.stop();
    System.out.printf("stop: %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private static void timed(String what, SmokeServer server) throws Exception {
    long begin = System.nanoTime();
    server.start();
    RestClient client = server.client();
    Await.until("healthy", Duration.ofMinutes(2), () -> isHealthy(client));
    System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
  }

  private static boolean isHealthy(RestClient client) throws InterruptedException {
    try {
      return client.get("/healthz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void fill(RestClient client) throws Exception {
    client.ok("collections/create", named().put("dimension", DIMENSION));
    ArrayNode rows = RestClient.JSON.createArrayNode();
    for (int i = 0; i < ROWS; i++) {
      rows.addObject().put("id", i).put("word", "w" + i).set("vector", json(vectors[i]));
    }
    JsonNode inserted = client.ok("entities/insert", named().set("data", rows));
    assertThat(inserted.path("insertCount").asInt()).isEqualTo(ROWS);
    assertThat(nearest(client, DELETED).path("id").asInt()).isEqualTo(DELETED);
    client.ok("entities/delete", named().put("filter", "id == " + DELETED));
    client.ok("collections/flush", named());
  }

  /** All rows but the deleted one are there and found by their own vectors. */
  private void assertRows(RestClient client) throws Exception {
    assertThat(client.count(COLLECTION, "Strong")).isEqualTo(ROWS - 1L);
    for (int i = 0; i < ROWS; i += 30) {
      JsonNode row = nearest(client, i);
      assertThat(row.path("id").asInt()).isEqualTo(i);
      assertThat(row.path("word").asText()).isEqualTo("w" + i);
    }
    assertThat(nearest(client, DELETED).path("id").asInt()).isNotEqualTo(DELETED);
  }

  private static void fillTexts(RestClient client) throws Exception {
    client.ok(
        "collections/create",
        RestClient.JSON.readTree(
            """
            {"collectionName": "texts",
             "schema": {
               "fields": [
                 {"fieldName": "id", "dataType": "Int64", "isPrimary": true},
                 {"fieldName": "text", "dataType": "VarChar",
                  "elementTypeParams": {"max_length": 200}},
                 {"fieldName": "meaning", "dataType": "FloatVector",
                  "elementTypeParams": {"dim": 384}}],
               "functions": [
                 {"name": "embed", "type": "TextEmbedding",
                  "inputFieldNames": ["text"], "outputFieldNames": ["meaning"]}]},
             "indexParams": [
               {"fieldName": "meaning", "indexType": "AUTOINDEX", "metricType": "COSINE"}]}
            """));
    client.ok(
        "entities/insert",
        RestClient.JSON.readTree(
            """
            {"collectionName": "texts",
             "data": [{"id": 1, "text": "how to bake bread at home"},
                      {"id": 2, "text": "repairing the engine of a car"}]}
            """));
  }

  private static void assertTexts(RestClient client) throws Exception {
    ObjectNode request =
        RestClient.object()
            .put("collectionName", "texts")
            .put("limit", 1)
            .put("consistencyLevel", "Strong");
    request.putArray("data").add("broken motor of my vehicle").add("recipe with flour and yeast");
    JsonNode hits = client.ok("entities/search", request);
    assertThat(hits.path(0).path("id").asInt()).isEqualTo(2);
    assertThat(hits.path(1).path("id").asInt()).isEqualTo(1);
  }

  private JsonNode nearest(RestClient client, int row) throws Exception {
    ObjectNode request = named().put("limit", 3).put("consistencyLevel", "Strong");
    request.putArray("data").add(json(vectors[row]));
    request.putArray("outputFields").add("word");
    return client.ok("entities/search", request).path(0);
  }

  private static ObjectNode named() {
    return RestClient.object().put("collectionName", COLLECTION);
  }

  private static ArrayNode json(float[] vector) {
    ArrayNode array = RestClient.JSON.createArrayNode();
    for (float value : vector) {
      array.add(value);
    }
    return array;
  }

  private static float[][] randomVectors(Random random) {
    float[][] vectors = new float[ROWS][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
