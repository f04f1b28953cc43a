package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that inserts, upserts and deletes rows of its own keys at random until the server dies,
 * and remembers what was acknowledged. Keys of client c are c * 1,000,000 and up.
 */
final class WritingClient implements Runnable {
  static final long KEYS_PER_CLIENT = 1_000_000;
  static final int DIMENSION = 8;

  private final RestClient client;
  private final String collection;
  private final int number;
  private final Random random;
  private final KeyHistory history = new KeyHistory();
  private long nextKey;
  private long nextVersion = 1;
  private volatile boolean stopped;
  private final AtomicLong acknowledgedRows = new AtomicLong();

  WritingClient(RestClient client, String collection, int number, long seed) {
    this.client = client;
    this.collection = collection;
    this.number = number;
    this.random = new Random(seed + number);
    this.nextKey = number * KEYS_PER_CLIENT;
  }

  KeyHistory history() {
    return history;
  }

  long acknowledgedRows() {
    return acknowledgedRows.get();
  }

  void stop() {
    stopped = true;
  }

  /** Writes until stopped or until a request gets no answer. */
  @Override
  public void run() {
    stopped = false;
    while (!stopped) {
      try {
        int choice = random.nextInt(10);
        boolean answered = choice < 5 ? insert() : choice < 8 ? rewrite() : delete();
        if (!answered) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean insert() throws InterruptedException {
    Map<Long, Long> rows = new LinkedHashMap<>();
    int count = 1 + random.nextInt(200);
    for (int i = 0; i < count; i++) {
      rows.put(nextKey++, nextVersion++);
    }
    return write("insert", rows);
  }

  private boolean rewrite() throws InterruptedException {
    Map<Long, Long> rows = new LinkedHashMap<>();
    for (long key : someKeys(50)) {
      rows.put(key, nextVersion++);
    }
    return rows.isEmpty() || write("upsert", rows);
  }

  private boolean delete() throws InterruptedException {
    Map<Long, Long> rows = new LinkedHashMap<>();
    for (long key : someKeys(40)) {
      rows.put(key, KeyHistory.ABSENT);
    }
    if (rows.isEmpty()) {
      return true;
    }
    ObjectNode body = RestClient.object().put("collectionName", collection);
    body.put("filter", "id in " + rows.keySet());
    return send("delete", body, rows);
  }

  private Set<Long> someKeys(int count) {
    Set<Long> keys = new HashSet<>();
    long first = number * KEYS_PER_CLIENT;
    if (nextKey > first) {
      for (int i = 0; i < count; i++) {
        keys.add(first + random.nextLong(nextKey - first));
      }
    }
    return keys;
  }

  private boolean write(String operation, Map<Long, Long> rows) throws InterruptedException {
    ObjectNode body = RestClient.object().put("collectionName", collection);
    ArrayNode data = body.putArray("data");
    rows.forEach(
        (key, version) -> {
          ObjectNode row = data.addObject().put("id", key).put("version", version);
          ArrayNode vector = row.putArray("vector");
          for (int i = 0; i < DIMENSION; i++) {
            vector.add(random.nextFloat());
          }
        });
    return send(operation, body, rows);
  }

  private boolean send(String operation, ObjectNode body, Map<Long, Long> rows)
      throws InterruptedException {
    rows.forEach(history::attempt);
    try {
      JsonNode answer = client.call("entities/" + operation, body);
      int code = answer.path("code").asInt(-1);
      if (code == 0) {
        rows.forEach(history::acknowledge);
        acknowledgedRows.addAndGet(rows.size());
        return true;
      }
      if (code == 8 || code == 9 || code == 1 || code == 2) {
        // Refused before anything was written; a real client would back off and try again.
        rows.keySet().forEach(history::refuse);
        Thread.sleep(20);
        return true;
      }
      if (code == 10001) {
        return true;
      }
      throw new AssertionError(operation + " failed: " + answer);
    } catch (IOException e) {
      return false;
    }
  }
}
