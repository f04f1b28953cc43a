package dev.sagitta.bench.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A collection of the benchmark's own: made, filled and indexed before, dropped afterwards unless
 * it is kept for another run.
 */
final class BenchmarkCollection implements AutoCloseable {
  private static final long INDEX_TIMEOUT_NANOS = 600_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000;

  private final RestServer server;
  private final String name;
  private final boolean kept;

  /**
   * Names a collection, which need not exist.
   *
   * @param kept whether it stays when this is closed
   */
  BenchmarkCollection(RestServer server, String name, boolean kept) {
    this.server = requireNonNull(server, "server is null");
    this.name = requireNonNull(name, "name is null");
    this.kept = kept;
  }

  /** Whether it is there, left by an earlier run. */
  boolean exists() throws IOException {
    return server.call("collections/has", body(_ -> {})).path("data").path("has").asBoolean();
  }

  /** Creates it; {@code members} write what the request has beside the name. */
  void create(JsonBody.Members members) throws IOException {
    server.call("collections/create", body(members));
  }

  /** A request's body that names this collection. */
  byte[] body(JsonBody.Members members) throws IOException {
    return JsonBody.of(
        json -> {
          json.writeStringField("collectionName", name);
          members.write(json);
        });
  }

  /** An encoded request of load that names this collection. */
  ByteBuffer request(String path, JsonBody.Members members) throws IOException {
    return server.encode(path, body(members));
  }

  /** Writes one row into the open object. */
  @FunctionalInterface
  interface RowWriter {
    void write(JsonGenerator json, int row) throws IOException;
  }

  /** Requests that write all rows, some at a time. */
  List<ByteBuffer> writes(String path, int rows, int batch, RowWriter writer) throws IOException {
    List<ByteBuffer> requests = new ArrayList<>();
    for (int from = 0; from < rows; from += batch) {
      int begin = from;
      int end = Math.min(rows, from + batch);
      requests.add(
          request(
              path,
              json -> {
                json.writeArrayFieldStart("data");
                for (int row = begin; row < end; row++) {
                  json.writeStartObject();
                  writer.write(json, row);
                  json.writeEndObject();
                }
                json.writeEndArray();
              }));
    }
    return requests;
  }

  /** Flushes and waits until the indexes hold all rows. */
  void flushAndIndex(int rows, String... indexes) throws IOException {
    server.call("collections/flush", body(_ -> {}));
    long end = System.nanoTime() + INDEX_TIMEOUT_NANOS;
    for (String index : indexes) {
      while (indexedRows(index) < rows) {
        if (System.nanoTime() > end) {
          throw new IOException("index is not built in time: index=" + index);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private long indexedRows(String index) throws IOException {
    JsonNode answer =
        server.call("indexes/describe", body(json -> json.writeStringField("indexName", index)));
    return answer.path("data").path(0).path("indexedRows").asLong();
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      server.call("collections/drop", body(_ -> {}));
    }
  }
}
