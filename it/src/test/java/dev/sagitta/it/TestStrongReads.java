package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A row that one client was told is written is found by the next Strong search of another, every
 * time, while others write and search.
 */
final class TestStrongReads {
  private static final int ROUNDS = 300;

  @Test
  void anotherClientSeesEveryAcknowledgedRow(@TempDir Path data) throws Exception {
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      WordVectors words = WordVectors.slice(5_000);
      WordRows.create(client, "strong", "HNSW", 100);
      AtomicBoolean running = new AtomicBoolean(true);
      AtomicInteger loadKey = new AtomicInteger(10_000_000);
      List<CompletableFuture<Void>> load = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        load.add(
            CompletableFuture.runAsync(() -> insertUntilStopped(server, words, running, loadKey)));
      }
      try {
        RestClient reader = server.client();
        for (int round = 0; round < ROUNDS; round++) {
          WordRows.insert(client, "strong", words.base(), round, round + 1);
          assertFoundBySearch(reader, round, words.base()[round]);
        }
      } finally {
        running.set(false);
      }
      load.forEach(CompletableFuture::join);
    }
  }

  private static void assertFoundBySearch(RestClient reader, int key, float[] vector)
      throws Exception {
    ObjectNode body = WordRows.searchBody("strong", vector, 1);
    body.put("consistencyLevel", "Strong").put("filter", "id == " + key);
    JsonNode hits = reader.ok("entities/search", body);
    assertThat(hits).as("hits for key " + key).hasSize(1);
    assertThat(hits.get(0).get("id").asLong()).isEqualTo(key);
    assertThat(hits.get(0).get("distance").asDouble()).isGreaterThan(0.999);
  }

  private static void insertUntilStopped(
      Server server, WordVectors words, AtomicBoolean running, AtomicInteger nextKey) {
    RestClient client = server.client();
    try {
      while (running.get()) {
        int from = nextKey.getAndAdd(200);
        WordRows.insert(client, "strong", words.base(), from, from + 200);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
