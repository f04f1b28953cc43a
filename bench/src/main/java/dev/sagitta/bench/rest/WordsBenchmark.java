package dev.sagitta.bench.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.bench.data.VectorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Vectors alone: insert, index, search with the defaults that a new user has. */
final class WordsBenchmark {
  private static final int BATCH = 500;
  private static final int INSERT_CONNECTIONS = 8;
  private static final int LIMIT = 10;

  private final RestServer server;
  private final Measurements measurements;
  private final float[][] base;
  private final float[][] queries;
  private final int[][] neighbors;

  WordsBenchmark(RestServer server, Measurements measurements, Path folder) throws IOException {
    this.server = server;
    this.measurements = measurements;
    this.base = VectorFile.floats(folder.resolve("base.fvecs"));
    this.queries = VectorFile.floats(folder.resolve("query.fvecs"));
    this.neighbors = VectorFile.integers(folder.resolve("neighbors.ivecs"));
  }

  void run(BenchmarkCollection collection) throws IOException {
    System.out.printf("%n%d vectors of %d floats%n", base.length, base[0].length);
    System.out.println(LoadReport.heading());
    if (!collection.exists()) {
      fill(collection);
    }
    System.out.printf("recall@10: %.4f%n", recall(collection));
    List<ByteBuffer> searches = new ArrayList<>();
    for (float[] query : queries) {
      searches.add(collection.request("entities/search", search(query)));
    }
    measurements.load(new Workload("search", searches, 0));
  }

  private void fill(BenchmarkCollection collection) throws IOException {
    collection.create(
        json -> {
          json.writeNumberField("dimension", base[0].length);
          json.writeStringField("metricType", "COSINE");
        });
    List<ByteBuffer> inserts =
        collection.writes(
            "entities/insert",
            base.length,
            BATCH,
            (json, row) -> {
              json.writeNumberField("id", row);
              json.writeFieldName("vector");
              JsonBody.writeVector(json, base[row]);
            });
    measurements.once(new Workload("insert", inserts, BATCH), INSERT_CONNECTIONS);
    long begin = System.nanoTime();
    collection.flushAndIndex(base.length, "vector");
    System.out.printf("flush and index build: %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private static JsonBody.Members search(float[] query) {
    return json -> {
      json.writeNumberField("limit", LIMIT);
      json.writeArrayFieldStart("data");
      JsonBody.writeVector(json, query);
      json.writeEndArray();
      JsonBody.writeTexts(json, "outputFields", "id");
    };
  }

  private double recall(BenchmarkCollection collection) throws IOException {
    int found = 0;
    for (int i = 0; i < queries.length; i++) {
      JsonNode answer = server.call("entities/search", collection.body(search(queries[i])));
      for (JsonNode hit : answer.path("data")) {
        for (int rank = 0; rank < LIMIT; rank++) {
          if (neighbors[i][rank] == hit.path("id").asLong()) {
            found++;
          }
        }
      }
    }
    return found / (double) (LIMIT * queries.length);
  }
}
