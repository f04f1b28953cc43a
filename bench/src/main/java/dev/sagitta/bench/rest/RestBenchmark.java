package dev.sagitta.bench.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sagitta.bench.data.VectorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Inserts real vectors into a running server, waits for the index, searches at several numbers of
 * connections, and prints one line each with rate, latency and recall@10.
 *
 * <p>Arguments: host, port, folder with base.fvecs, query.fvecs and neighbors.ivecs.
 */
public final class RestBenchmark {
  private static final String PREFIX = "/v2/vectordb/";
  private static final int BATCH = 500;
  private static final int SECONDS = 15;
  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String host;
  private final int port;
  private final String collection = "bench_" + System.currentTimeMillis();

  private RestBenchmark(String host, int port) {
    this.host = host;
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("usage: RestBenchmark HOST PORT FOLDER");
      System.exit(2);
    }
    new RestBenchmark(arguments[0], Integer.parseInt(arguments[1])).run(Path.of(arguments[2]));
  }

  private void run(Path folder) throws Exception {
    float[][] base = VectorFile.floats(folder.resolve("base.fvecs"));
    float[][] queries = VectorFile.floats(folder.resolve("query.fvecs"));
    int[][] neighbors = VectorFile.integers(folder.resolve("neighbors.ivecs"));
    int dimension = base[0].length;
    call(
        "collections/create",
        "{\"collectionName\":\"%s\",\"dimension\":%d,\"metricType\":\"COSINE\"}"
            .formatted(collection, dimension));
    System.out.printf("%d vectors of %d floats, batches of %d%n", base.length, dimension, BATCH);
    insert(base);
    long begin = System.nanoTime();
    call("collections/flush", "{\"collectionName\":\"%s\"}".formatted(collection));
    awaitIndex(base.length);
    System.out.printf("flush and index build: %.1f s%n", (System.nanoTime() - begin) / 1e9);
    List<byte[]> searches = new ArrayList<>();
    for (float[] query : queries) {
      searches.add(searchBody(query));
    }
    System.out.printf("recall@10: %.4f%n", recall(searches, neighbors));
    LoadRun.run(host, port, PREFIX + "entities/search", searches, 4, Integer.MAX_VALUE, SECONDS);
    for (int connections : new int[] {1, 8, 32}) {
      print(
          "search, " + connections + " connections",
          LoadRun.run(
              host,
              port,
              PREFIX + "entities/search",
              searches,
              connections,
              Integer.MAX_VALUE,
              SECONDS),
          1,
          0);
    }
    call("collections/drop", "{\"collectionName\":\"%s\"}".formatted(collection));
  }

  private void insert(float[][] base) throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    long bytes = 0;
    for (int from = 0; from < base.length; from += BATCH) {
      byte[] body = insertBody(base, from, Math.min(base.length, from + BATCH));
      bodies.add(body);
      bytes += body.length;
    }
    LoadRun.Report report =
        LoadRun.run(host, port, PREFIX + "entities/insert", bodies, 8, bodies.size(), 600);
    print("insert, 8 connections", report, BATCH, bytes);
  }

  private static void print(String what, LoadRun.Report report, int rows, long bytes) {
    System.out.printf(
        "%s: %.0f requests/s, %.0f rows/s%s, p50 %.2f ms, p99 %.2f ms%n",
        what,
        report.perSecond(),
        report.perSecond() * rows,
        bytes == 0 ? "" : String.format(", %.1f MB/s of JSON", bytes / report.seconds() / 1e6),
        report.percentileMillis(0.5),
        report.percentileMillis(0.99));
  }

  private byte[] insertBody(float[][] base, int from, int to) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("collectionName", collection);
      json.writeArrayFieldStart("data");
      for (int row = from; row < to; row++) {
        json.writeStartObject();
        json.writeNumberField("id", row);
        json.writeFieldName("vector");
        writeVector(json, base[row]);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private byte[] searchBody(float[] query) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("collectionName", collection);
      json.writeNumberField("limit", 10);
      json.writeArrayFieldStart("data");
      writeVector(json, query);
      json.writeEndArray();
      json.writeArrayFieldStart("outputFields");
      json.writeString("id");
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private static void writeVector(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartArray();
    for (float value : vector) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  private double recall(List<byte[]> searches, int[][] neighbors) throws IOException {
    int found = 0;
    try (HttpConnection connection = new HttpConnection(host, port)) {
      for (int i = 0; i < searches.size(); i++) {
        JsonNode answer =
            MAPPER.readTree(
                connection.exchange(
                    connection.encode(PREFIX + "entities/search", searches.get(i))));
        for (JsonNode hit : answer.path("data")) {
          for (int rank = 0; rank < 10; rank++) {
            if (neighbors[i][rank] == hit.path("id").asLong()) {
              found++;
            }
          }
        }
      }
    }
    return found / (10.0 * searches.size());
  }

  private void awaitIndex(int rows) throws Exception {
    long end = System.nanoTime() + 600_000_000_000L;
    while (System.nanoTime() < end) {
      JsonNode index =
          call(
                  "indexes/describe",
                  "{\"collectionName\":\"%s\",\"indexName\":\"vector\"}".formatted(collection))
              .path("data")
              .path(0);
      if (index.path("indexedRows").asLong() >= rows) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("index is not built after 600 s");
  }

  private JsonNode call(String path, String body) throws IOException {
    try (HttpConnection connection = new HttpConnection(host, port)) {
      JsonNode answer =
          MAPPER.readTree(
              connection.exchange(
                  connection.encode(PREFIX + path, body.getBytes(StandardCharsets.UTF_8))));
      if (answer.path("code").asInt(-1) != 0) {
        throw new IOException(path + " failed: " + answer);
      }
      return answer;
    }
  }
}
