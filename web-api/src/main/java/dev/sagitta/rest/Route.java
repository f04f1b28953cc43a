package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A path and its endpoint.
 *
 * @param path path below the base path
 * @param name Milvus's name of the operation, in metrics
 * @param streamedKeys keys of the body that the endpoint parses itself as a stream
 */
public record Route(String path, String name, Set<String> streamedKeys, Endpoint endpoint) {
  public Route {
    requireNonNull(path, "path is null");
    requireNonNull(name, "name is null");
    streamedKeys = Set.copyOf(streamedKeys);
    requireNonNull(endpoint, "endpoint is null");
  }

  public static Route of(String path, String name, Endpoint endpoint) {
    return new Route(path, name, Set.of(), endpoint);
  }

  public static Route streaming(
      String path, String name, Set<String> streamedKeys, Endpoint endpoint) {
    return new Route(path, name, streamedKeys, endpoint);
  }
}
