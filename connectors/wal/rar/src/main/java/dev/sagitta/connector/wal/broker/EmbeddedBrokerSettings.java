package dev.sagitta.connector.wal.broker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the broker of this process needs to know.
 *
 * @param directory where everything of the broker lies
 * @param queues the durable queues; no others are ever created
 * @param maximumBytes memory for unacknowledged messages of all queues; appends fail above it
 * @param acceptor where other processes may connect; nowhere if absent
 * @param credentials what every client must present; needed if others than processes of this
 *     machine can connect
 * @param tls for the acceptor
 */
public record EmbeddedBrokerSettings(
    Path directory,
    List<String> queues,
    long maximumBytes,
    Optional<AcceptorAddress> acceptor,
    Optional<Credentials> credentials,
    Optional<TlsSettings> tls) {
  public EmbeddedBrokerSettings {
    requireNonNull(directory, "directory is null");
    queues = List.copyOf(queues);
    requireNonNull(acceptor, "acceptor is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(tls, "tls is null");
    if (maximumBytes <= LogLimits.MAXIMUM_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "must be above "
              + LogLimits.MAXIMUM_RECORD_BYTES
              + ", the largest record: maximumBytes="
              + maximumBytes);
    }
    if (acceptor.isPresent() && credentials.isEmpty() && !acceptor.get().loopback()) {
      throw new IllegalArgumentException(
          "an acceptor that other machines can reach needs user and password: acceptor="
              + acceptor.get());
    }
    if (acceptor.isPresent() && tls.isPresent() && tls.get().keyStore().isEmpty()) {
      throw new IllegalArgumentException(
          "an acceptor with TLS needs a key store: acceptor=" + acceptor.get());
    }
  }
}
