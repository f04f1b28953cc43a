package dev.sagitta.connector.wal.broker;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A broker elsewhere.
 *
 * @param url {@code tcp://host:port}, or {@code (tcp://host:port,tcp://host:port)} for a broker and
 *     its replicas, which are tried in turn
 */
public record RemoteBrokerSettings(
    String url, Optional<Credentials> credentials, Optional<TlsSettings> tls) {
  public RemoteBrokerSettings {
    requireNonNull(url, "url is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(tls, "tls is null");
    if (url.isBlank()) {
      throw new IllegalArgumentException("a remote broker needs a URL: url=" + url);
    }
  }
}
