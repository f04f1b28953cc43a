package dev.sagitta.rest.management;

import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.configuration.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What another process must be told to join this one: where store, broker and cluster are. Secrets
 * are never told; the joining process gets them from its own environment.
 */
final class JoinSettings {
  /** Settings of the store that must be the same everywhere. */
  private static final List<String> SHARED =
      List.of(
          "sagitta.cluster.name",
          "sagitta.object-store.kind",
          "sagitta.object-store.s3.endpoint",
          "sagitta.object-store.s3.region",
          "sagitta.object-store.s3.bucket",
          "sagitta.object-store.s3.prefix",
          "sagitta.object-store.s3.path-style",
          "sagitta.wal.pchannels");

  private JoinSettings() {}

  /** One {@code key=value} a line. */
  static String ofThisNode(Cluster cluster) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : SHARED) {
      Configuration.processValue(key).ifPresent(value -> settings.put(key, value));
    }
    Configuration.processValue("sagitta.object-store.local.directory")
        .ifPresent(
            directory ->
                settings.put(
                    "sagitta.object-store.local.directory",
                    Path.of(directory).toAbsolutePath().toString()));
    settings.put("sagitta.wal.broker", "remote");
    brokerUrl().ifPresent(url -> settings.put("sagitta.wal.url", url));
    cluster.listeningAddress().ifPresent(address -> settings.put("sagitta.cluster.join", address));
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static Optional<String> brokerUrl() {
    return Configuration.processValue("sagitta.wal.url")
        .or(
            () ->
                Configuration.processValue("sagitta.wal.acceptor")
                    .map(acceptor -> "tcp://" + acceptor));
  }
}
