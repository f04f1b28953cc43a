package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulls the plug: SIGKILL at random moments, and at the moments that matter most, while four
 * clients write. Small buffers make flushes, seals and index builds happen all the time.
 */
final class TestKillNine {
  static final Map<String, String> BUSY_SETTINGS =
      Map.of(
          "sagitta.data-node.insert-buffer-size", "128KiB",
          "sagitta.data-node.sync-period", "2s",
          "sagitta.data-coord.segment.max-size", "8MiB",
          "sagitta.index-coord.min-segment-rows", "256");
  private static final int RANDOM_ROUNDS = Integer.getInteger("sagitta.kill.rounds", 20);
  private static final int AIMED_ROUNDS = 2;

  @Test
  void randomAndAimedKillsLoseNothing(@TempDir Path data) throws Exception {
    long seed = Long.getLong("sagitta.seed", System.nanoTime());
    System.out.println("kill test: seed=" + seed);
    Random random = new Random(seed);
    try (Server server = Server.start(data, BUSY_SETTINGS)) {
      KillRounds rounds = new KillRounds(server, seed);
      for (int i = 0; i < RANDOM_ROUNDS; i++) {
        rounds.round("random kill " + i, () -> Thread.sleep(200 + random.nextInt(2_500)));
      }
      Path store = data.resolve("store");
      for (int i = 0; i < AIMED_ROUNDS; i++) {
        rounds.round("kill in a flush " + i, () -> awaitNewFile(store, ".binlog"));
        rounds.round("kill at a catalog commit " + i, () -> awaitNewFile(store, "catalog/log/"));
        rounds.round("kill in an index build " + i, () -> awaitIndexBuild(server, random));
      }
      assertThat(rounds.recoverySeconds()).allMatch(seconds -> seconds < 60);
      server.down();
      server.up();
      WriteAudit.check(server.client(), KillRounds.COLLECTION, rounds.writers());
    }
  }

  /** Returns as soon as the number of matching files in the store has grown. */
  private static void awaitNewFile(Path store, String part) throws Exception {
    int before = DataFiles.containing(store, part).size();
    Await.until(
        "a new file " + part,
        Duration.ofSeconds(60),
        () -> DataFiles.containing(store, part).size() > before);
  }

  /** A flush seals what there is; its build starts at once. */
  private static void awaitIndexBuild(Server server, Random random) throws Exception {
    Thread.sleep(1_500);
    server
        .client()
        .ok("collections/flush", RestClient.object().put("collectionName", KillRounds.COLLECTION));
    Thread.sleep(random.nextInt(150));
  }
}
