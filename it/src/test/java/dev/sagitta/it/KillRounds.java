package dev.sagitta.it;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Rounds of: four clients write, the server is killed, it comes back, everything is compared. */
final class KillRounds {
  static final String COLLECTION = "killed";
  private static final int CLIENTS = 4;

  /** Generous: with S3 as the store and tiny buffers, replay waits for many flushes. */
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);

  private final Server server;
  private final List<WritingClient> writers = new ArrayList<>();
  private final List<Double> recoverySeconds = new ArrayList<>();

  /** Waits for the moment to kill; runs while the clients write. */
  interface Moment {
    void await() throws Exception;
  }

  KillRounds(Server server, long seed) throws Exception {
    this.server = server;
    createCollection(server.client());
    for (int i = 0; i < CLIENTS; i++) {
      writers.add(new WritingClient(server.client(), COLLECTION, i, seed));
    }
  }

  List<WritingClient> writers() {
    return writers;
  }

  private static void createCollection(RestClient client) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", COLLECTION);
    ArrayNode fields = body.putObject("schema").putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "version").put("dataType", "Int64");
    fields
        .addObject()
        .put("fieldName", "vector")
        .put("dataType", "FloatVector")
        .putObject("elementTypeParams")
        .put("dim", WritingClient.DIMENSION);
    body.putObject("params").put("shardsNum", 2);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "vector")
        .put("indexName", "vector")
        .put("metricType", "L2")
        .put("indexType", "HNSW");
    client.ok("collections/create", body);
  }

  /** One round; prints how long the recovery took. */
  void round(String name, Moment moment) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (WritingClient writer : writers) {
        running.add(threads.submit(writer));
      }
      moment.await();
      server.killNine();
      for (Future<?> writer : running) {
        writer.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    long begin = System.nanoTime();
    server.up();
    double up = (System.nanoTime() - begin) / 1e9;
    Await.until(
        "first strong read after the kill",
        RECOVERY_LIMIT,
        () -> server.client().call("entities/query", countBody()).path("code").asInt() == 0);
    double readable = (System.nanoTime() - begin) / 1e9;
    recoverySeconds.add(readable);
    WriteAudit.check(server.client(), COLLECTION, writers);
    long acknowledged = writers.stream().mapToLong(WritingClient::acknowledgedRows).sum();
    System.out.printf(
        "%s: %d rows acknowledged so far; up after %.1f s, all readable after %.1f s%n",
        name, acknowledged, up, readable);
  }

  private static ObjectNode countBody() {
    ObjectNode body =
        RestClient.object()
            .put("collectionName", COLLECTION)
            .put("filter", "")
            .put("consistencyLevel", "Strong");
    body.putArray("outputFields").add("count(*)");
    return body;
  }

  List<Double> recoverySeconds() {
    return recoverySeconds;
  }
}
