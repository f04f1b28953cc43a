package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second process joins, shares log and store, takes part of the work, sees every write, and can
 * be killed without harm.
 */
final class TestTwoProcesses {
  private static final int COLLECTIONS = 6;
  private static final int ROWS = 400;

  @Test
  void secondProcessJoinsWorksAndDies(@TempDir Path first, @TempDir Path second) throws Exception {
    WordVectors words = WordVectors.slice(2 * ROWS);
    try (Server one = Server.start(first)) {
      RestClient clientOne = one.client();
      WordRows.create(clientOne, "before", "HNSW", 100);
      WordRows.insert(clientOne, "before", words.base(), 0, ROWS);
      try (Server two = Server.start(second, Map.of(), "--join", "127.0.0.1:" + one.port())) {
        RestClient clientTwo = two.client();
        assertThat(clientTwo.count("before", "Strong")).isEqualTo(ROWS);
        for (int i = 0; i < COLLECTIONS; i++) {
          RestClient creator = i % 2 == 0 ? clientOne : clientTwo;
          RestClient other = i % 2 == 0 ? clientTwo : clientOne;
          WordRows.create(creator, "shared" + i, "HNSW", 100);
          WordRows.insert(creator, "shared" + i, words.base(), 0, ROWS);
          assertThat(other.count("shared" + i, "Strong")).isEqualTo(ROWS);
          assertThat(
                  other
                      .ok(
                          "entities/search",
                          WordRows.searchBody("shared" + i, words.base()[7], 1)
                              .put("consistencyLevel", "Strong"))
                      .get(0)
                      .get("id")
                      .asLong())
              .isEqualTo(7);
        }
        assertThat(ownedVchannels(clientTwo)).as("vchannels served by the second").isPositive();
        two.killNine();
        for (int i = 0; i < COLLECTIONS; i++) {
          String name = "shared" + i;
          Await.until(
              name + " is complete on the first",
              Duration.ofSeconds(30),
              () -> {
                var answer =
                    clientOne.call(
                        "entities/query",
                        RestClient.JSON.readTree(
                            "{\"collectionName\":\""
                                + name
                                + "\",\"filter\":\"\",\"outputFields\":[\"count(*)\"],"
                                + "\"consistencyLevel\":\"Strong\"}"));
                return answer.path("code").asInt() == 0
                    && answer.path("data").get(0).get("count(*)").asLong() == ROWS;
              });
          WordRows.insert(clientOne, name, words.base(), ROWS, ROWS + 10);
          assertThat(clientOne.count(name, "Strong")).isEqualTo(ROWS + 10);
        }
      }
    }
  }

  private static long ownedVchannels(RestClient client) throws Exception {
    return RestClient.JSON
        .readTree(client.get("/management/cluster").body())
        .path("ownedVchannels")
        .size();
  }
}
