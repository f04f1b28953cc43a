package dev.sagitta.bench.rest;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Requests of one kind.
 *
 * @param name what the report calls it
 * @param requests encoded requests, taken round robin
 * @param rows rows that one request writes or reads, for the report; 0 if that says nothing
 */
record Workload(String name, List<ByteBuffer> requests, int rows) {
  Workload {
    requireNonNull(name, "name is null");
    requests = List.copyOf(requests);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("workload without requests: name=" + name);
    }
  }
}
