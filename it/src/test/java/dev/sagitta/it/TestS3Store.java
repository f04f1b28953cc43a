package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kill test with S3 as the store, and a store that is gone for 20 seconds while clients write:
 * acknowledged writes wait in the log.
 */
final class TestS3Store {
  private static final int ROUNDS = Integer.getInteger("sagitta.kill.s3.rounds", 3);
  private static final int OUTAGE_SECONDS = 20;
  private static final int LATE_ROWS = 10;

  @Test
  void killsAndAnOutageLoseNothing(@TempDir Path data, @TempDir Path objects) throws Exception {
    long seed = Long.getLong("sagitta.seed", System.nanoTime());
    System.out.println("kill test on S3: seed=" + seed);
    Random random = new Random(seed);
    try (ObjectStoreServer store = ObjectStoreServer.start(objects)) {
      Map<String, String> settings = new HashMap<>(TestKillNine.BUSY_SETTINGS);
      settings.putAll(store.settings());
      try (Server server = Server.start(data, settings)) {
        KillRounds rounds = new KillRounds(server, seed);
        for (int i = 0; i < ROUNDS; i++) {
          rounds.round("random kill on S3 " + i, () -> Thread.sleep(500 + random.nextInt(3_000)));
        }
        rounds.round("store away for " + OUTAGE_SECONDS + " s, then a kill", () -> outage(store));
        stopWithoutStore(server, store);
      }
    }
  }

  /** A server that can't flush must end nevertheless, and in time; its rows wait in the log. */
  private static void stopWithoutStore(Server server, ObjectStoreServer store) throws Exception {
    RestClient client = server.client();
    ObjectNode late = RestClient.object().put("collectionName", "late");
    client.ok("collections/create", late.deepCopy().put("dimension", 2));
    ObjectNode rows = late.deepCopy();
    for (int i = 0; i < LATE_ROWS; i++) {
      rows.withArray("data").addObject().put("id", i).putArray("vector").add(i).add(1);
    }
    client.ok("entities/insert", rows);
    store.killNine();
    server.down();
    store.run();
    server.up();
    assertThat(client.count("late", "Strong")).isEqualTo(LATE_ROWS);
  }

  private static void outage(ObjectStoreServer store) throws Exception {
    Thread.sleep(1_000);
    store.killNine();
    Thread.sleep(OUTAGE_SECONDS * 1_000L);
    store.run();
    Thread.sleep(3_000);
  }
}
