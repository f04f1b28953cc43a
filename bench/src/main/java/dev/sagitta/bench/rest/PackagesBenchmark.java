package dev.sagitta.bench.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.bench.rest.SizeWindows.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows with texts, numbers and tags: every kind of request that reads or writes them. */
final class PackagesBenchmark {
  private static final int BATCH = 250;
  private static final int INSERT_CONNECTIONS = 8;
  private static final int LIMIT = 10;
  private static final int RECALL_QUERIES = 200;
  private static final double[] SHARES = {0.001, 0.01, 0.1, 0.5};

  private final RestServer server;
  private final Measurements measurements;
  private final PackageRows rows;
  private final int[] bySize;

  PackagesBenchmark(RestServer server, Measurements measurements, Path folder) throws IOException {
    this.server = server;
    this.measurements = measurements;
    this.rows = PackageRows.read(folder);
    this.bySize = rows.bySize();
  }

  void run(BenchmarkCollection collection) throws IOException {
    System.out.printf(
        "%n%d packages, texts and embeddings of %d floats%n",
        rows.size(), rows.baseVectors()[0].length);
    System.out.println(LoadReport.heading());
    boolean fullText = PackagesSchema.hasFullText(server);
    if (!fullText) {
      System.out.println("full-text search: refused by this server");
    }
    if (!collection.exists()) {
      fill(collection, fullText);
    }
    searches(collection);
    filteredSearches(collection);
    combinedSearches(collection, fullText);
    new PackageReads(measurements, collection, rows).run();
    measurements.load(
        new Workload("upsert", writes(collection, "entities/upsert", 100), 100), List.of(1, 8));
    measurements.load(
        new Workload("search, after the upserts", plainSearches(collection), 0), List.of(1, 8));
  }

  private void fill(BenchmarkCollection collection, boolean fullText) throws IOException {
    collection.create(PackagesSchema.members(rows.baseVectors()[0].length, fullText));
    measurements.once(
        new Workload("insert", writes(collection, "entities/insert", BATCH), BATCH),
        INSERT_CONNECTIONS);
    long begin = System.nanoTime();
    collection.flushAndIndex(
        rows.size(), fullText ? new String[] {"vector", "words"} : new String[] {"vector"});
    System.out.printf("flush and index build: %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private List<ByteBuffer> writes(BenchmarkCollection collection, String path, int batch)
      throws IOException {
    return collection.writes(path, rows.size(), batch, rows::write);
  }

  private void searches(BenchmarkCollection collection) throws IOException {
    measurements.load(new Workload("search", plainSearches(collection), 0));
    measurements.load(
        new Workload(
            "search, all fields",
            requests(collection, (json, _) -> JsonBody.writeTexts(json, "outputFields", "*")),
            LIMIT));
    measurements.load(
        new Workload(
            "search, grouped by section",
            requests(collection, (json, _) -> json.writeStringField("groupingField", "section")),
            0));
  }

  private List<ByteBuffer> plainSearches(BenchmarkCollection collection) throws IOException {
    return requests(collection, (_, _) -> {});
  }

  private void filteredSearches(BenchmarkCollection collection) throws IOException {
    for (double share : SHARES) {
      String name = "search, %s %% by size".formatted(percent(share));
      if (!measurements.isWanted(name)) {
        continue;
      }
      System.out.printf("%s: recall@10 %.4f%n", name, recall(collection, share));
      SizeWindows windows = new SizeWindows(rows, bySize, share, 2);
      measurements.load(new Workload(name, filtered(collection, _ -> windows.next().filter()), 0));
    }
    measurements.load(
        new Workload(
            "search, by section and tag",
            filtered(
                collection,
                query ->
                    "section in [\"%s\", \"python\", \"perl\"]".formatted(section(query))
                        + " and not array_contains(tags, \"role::documentation\")"),
            0));
    measurements.load(
        new Workload("search, by 1,000 keys", filtered(collection, this::keyList), 0));
  }

  private void combinedSearches(BenchmarkCollection collection, boolean fullText)
      throws IOException {
    if (fullText) {
      measurements.load(
          new Workload(
              "full-text search",
              searchRequests(
                  collection,
                  (json, query) -> {
                    json.writeStringField("annsField", "words");
                    JsonBody.writeTexts(json, "data", summary(query));
                    json.writeNumberField("limit", LIMIT);
                  }),
              0));
    }
    measurements.load(
        new Workload(
            fullText ? "hybrid search, vector and text, RRF" : "hybrid search, two vectors, RRF",
            hybrid(collection, fullText),
            0));
  }

  private List<ByteBuffer> hybrid(BenchmarkCollection collection, boolean fullText)
      throws IOException {
    List<ByteBuffer> requests = new ArrayList<>();
    for (int i = 0; i < rows.queries().size(); i++) {
      int query = i;
      requests.add(
          collection.request(
              "entities/hybrid_search",
              json -> {
                json.writeArrayFieldStart("search");
                subSearch(json, query);
                if (fullText) {
                  json.writeStartObject();
                  json.writeStringField("annsField", "words");
                  JsonBody.writeTexts(json, "data", summary(query));
                  json.writeNumberField("limit", LIMIT);
                  json.writeEndObject();
                } else {
                  subSearch(json, (query + 1) % rows.queries().size());
                }
                json.writeEndArray();
                json.writeObjectFieldStart("rerank");
                json.writeStringField("strategy", "rrf");
                json.writeObjectFieldStart("params");
                json.writeNumberField("k", 60);
                json.writeEndObject();
                json.writeEndObject();
                json.writeNumberField("limit", LIMIT);
                JsonBody.writeTexts(json, "outputFields", "name");
              }));
    }
    return requests;
  }

  private void subSearch(JsonGenerator json, int query) throws IOException {
    json.writeStartObject();
    vectorSearch(json, query);
    json.writeEndObject();
  }

  private void vectorSearch(JsonGenerator json, int query) throws IOException {
    json.writeStringField("annsField", "vector");
    json.writeArrayFieldStart("data");
    JsonBody.writeVector(json, rows.queryVectors()[query]);
    json.writeEndArray();
    json.writeNumberField("limit", LIMIT);
  }

  /** Writes members of the request with the given number. */
  @FunctionalInterface
  private interface QueryMembers {
    void write(JsonGenerator json, int query) throws IOException;
  }

  /** Makes the filter of the search with the given number. */
  @FunctionalInterface
  private interface Filters {
    String of(int query) throws IOException;
  }

  private List<ByteBuffer> filtered(BenchmarkCollection collection, Filters filters)
      throws IOException {
    return requests(
        collection, (json, query) -> json.writeStringField("filter", filters.of(query)));
  }

  private List<ByteBuffer> requests(BenchmarkCollection collection, QueryMembers more)
      throws IOException {
    return searchRequests(
        collection,
        (json, query) -> {
          vectorSearch(json, query);
          more.write(json, query);
        });
  }

  private List<ByteBuffer> searchRequests(BenchmarkCollection collection, QueryMembers members)
      throws IOException {
    List<ByteBuffer> requests = new ArrayList<>();
    for (int i = 0; i < rows.queries().size(); i++) {
      int query = i;
      requests.add(collection.request("entities/search", json -> members.write(json, query)));
    }
    return requests;
  }

  private double recall(BenchmarkCollection collection, double share) throws IOException {
    SizeWindows windows = new SizeWindows(rows, bySize, share, 1);
    FilteredRecall recall = new FilteredRecall(rows, LIMIT);
    for (int i = 0; i < RECALL_QUERIES; i++) {
      int query = i;
      Window window = windows.next();
      JsonNode answer =
          server.call(
              "entities/search",
              collection.body(
                  json -> {
                    vectorSearch(json, query);
                    json.writeStringField("filter", window.filter());
                  }));
      recall.add(query, window, answer);
    }
    return recall.value();
  }

  private String keyList(int query) {
    StringBuilder filter = new StringBuilder("id in [");
    for (int i = 0; i < 1000; i++) {
      filter.append(i == 0 ? "" : ", ").append((query + i * 29) % rows.size());
    }
    return filter.append(']').toString();
  }

  private String section(int query) {
    return rows.queries().get(query).path("section").asText();
  }

  private String summary(int query) {
    return rows.queries().get(query).path("summary").asText();
  }

  private static String percent(double share) {
    return new java.math.BigDecimal(Double.toString(100 * share))
        .stripTrailingZeros()
        .toPlainString();
  }
}
