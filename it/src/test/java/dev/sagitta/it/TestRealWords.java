package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real word vectors go in over REST while searches run; after flush and index build the answers are
 * right; after a kill and restart they are there again without a new build.
 */
final class TestRealWords {
  private static final int BATCH = 1_000;

  @Test
  void insertsSearchesFlushesIndexesAndRestarts(@TempDir Path data) throws Exception {
    WordVectors words = WordVectors.load();
    int rows = words.base().length;
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      WordRows.create(client, "words", "AUTOINDEX", 100);
      WordRows.create(client, "words_flat", "FLAT", 100);
      int searched = insertWhileSearching(client, words);
      System.out.println("searches answered while inserting: " + searched);
      assertThat(searched).isPositive();
      assertThat(client.count("words", "Strong")).isEqualTo(rows);

      client.ok("collections/flush", RestClient.object().put("collectionName", "words"));
      client.ok("collections/flush", RestClient.object().put("collectionName", "words_flat"));
      awaitIndexed(client, "words", rows);
      awaitIndexed(client, "words_flat", rows);

      double recall = WordRows.recall(client, "words", words, 500);
      double flat = WordRows.recall(client, "words_flat", words, 200);
      System.out.printf("%d words: recall@10 default %.4f, FLAT %.4f%n", rows, recall, flat);
      assertThat(recall).isGreaterThanOrEqualTo(0.95);
      assertThat(flat).isEqualTo(1.0);

      JsonNode before = describeIndex(client, "words");
      server.killNine();
      long begin = System.nanoTime();
      server.up();
      double up = (System.nanoTime() - begin) / 1e9;
      Await.until(
          "searchable after restart",
          Duration.ofSeconds(30),
          () -> client.count("words", "Strong") == rows);
      System.out.printf(
          "restart with %d rows: up after %.1f s, searchable after %.1f s%n",
          rows, up, (System.nanoTime() - begin) / 1e9);
      JsonNode after = describeIndex(client, "words");
      assertThat(after.get("indexedRows")).isEqualTo(before.get("indexedRows"));
      assertThat(WordRows.recall(client, "words", words, 200)).isGreaterThanOrEqualTo(0.95);
    }
  }

  private static int insertWhileSearching(RestClient client, WordVectors words) throws Exception {
    AtomicBoolean inserting = new AtomicBoolean(true);
    AtomicInteger searched = new AtomicInteger();
    CompletableFuture<Void> searches =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; inserting.get(); i++) {
                float[] query = words.queries()[i % words.queries().length];
                try {
                  client.ok("entities/search", WordRows.searchBody("words", query, 10));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                searched.incrementAndGet();
              }
            });
    try {
      for (int from = 0; from < words.base().length; from += BATCH) {
        int to = Math.min(words.base().length, from + BATCH);
        WordRows.insert(client, "words", words.base(), from, to);
        WordRows.insert(client, "words_flat", words.base(), from, to);
      }
    } finally {
      inserting.set(false);
    }
    searches.join();
    return searched.get();
  }

  static void awaitIndexed(RestClient client, String name, int rows) throws Exception {
    Await.until(
        "index of " + name,
        Duration.ofMinutes(3),
        () -> {
          JsonNode index = describeIndex(client, name);
          return index.get("indexState").asText().equals("Finished")
              && index.get("indexedRows").asLong() >= rows;
        });
  }

  static JsonNode describeIndex(RestClient client, String name) throws Exception {
    return client
        .ok(
            "indexes/describe",
            RestClient.object().put("collectionName", name).put("indexName", "vector"))
        .get(0);
  }
}
