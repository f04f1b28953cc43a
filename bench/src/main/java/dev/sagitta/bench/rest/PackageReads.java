package dev.sagitta.bench.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads without vectors: by key, by filter, counts, and all rows page by page. */
final class PackageReads {
  private static final int REQUESTS = 1000;
  private static final int PAGE = 1000;
  private static final String[] FIELDS = {"id", "name", "section", "size_bytes", "tags", "summary"};

  private final Measurements measurements;
  private final BenchmarkCollection collection;
  private final PackageRows rows;

  PackageReads(Measurements measurements, BenchmarkCollection collection, PackageRows rows) {
    this.measurements = measurements;
    this.collection = collection;
    this.rows = rows;
  }

  void run() throws IOException {
    measurements.load(
        new Workload(
            "get by key",
            requests(
                "entities/get",
                (json, i) -> {
                  json.writeArrayFieldStart("id");
                  json.writeNumber(key(i));
                  json.writeEndArray();
                  JsonBody.writeTexts(json, "outputFields", FIELDS);
                }),
            1));
    measurements.load(
        new Workload(
            "get by key, with the vector",
            requests(
                "entities/get",
                (json, i) -> {
                  json.writeArrayFieldStart("id");
                  json.writeNumber(key(i));
                  json.writeEndArray();
                  JsonBody.writeTexts(json, "outputFields", "vector");
                }),
            1));
    measurements.load(
        new Workload(
            "query, 10 keys",
            requests("entities/query", (json, i) -> query(json, tenKeys(i), 100)),
            10));
    measurements.load(
        new Workload(
            "query, 100 rows by section",
            requests(
                "entities/query",
                (json, i) -> query(json, "section == \"%s\"".formatted(section(i)), 100)),
            100));
    measurements.load(
        new Workload(
            "count by section",
            requests(
                "entities/query",
                (json, i) -> {
                  json.writeStringField("filter", "section == \"%s\"".formatted(section(i)));
                  JsonBody.writeTexts(json, "outputFields", "count(*)");
                }),
            0));
    measurements.load(new Workload("scroll by key, pages of 1,000", pages(), PAGE), List.of(1, 8));
  }

  /** Writes members of the request with the given number. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json, int request) throws IOException;
  }

  private List<ByteBuffer> requests(String path, Members members) throws IOException {
    List<ByteBuffer> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int request = i;
      requests.add(collection.request(path, json -> members.write(json, request)));
    }
    return requests;
  }

  private List<ByteBuffer> pages() throws IOException {
    List<ByteBuffer> pages = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += PAGE) {
      int first = from;
      pages.add(collection.request("entities/query", json -> query(json, "id >= " + first, PAGE)));
    }
    return pages;
  }

  private static void query(JsonGenerator json, String filter, int limit) throws IOException {
    json.writeStringField("filter", filter);
    json.writeNumberField("limit", limit);
    JsonBody.writeTexts(json, "outputFields", FIELDS);
  }

  /** Keys all over the collection, without an order that a cache would like. */
  private int key(int request) {
    return (int) (request * 7919L % rows.size());
  }

  private String tenKeys(int request) {
    StringBuilder filter = new StringBuilder("id in [");
    for (int i = 0; i < 10; i++) {
      filter.append(i == 0 ? "" : ", ").append(key(10 * request + i));
    }
    return filter.append(']').toString();
  }

  private String section(int request) {
    return rows.base().get(key(request)).path("section").asText();
  }
}
