package dev.sagitta.connector.wal.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.broker.AcceptorAddress;
import dev.sagitta.connector.wal.broker.Credentials;
import dev.sagitta.connector.wal.broker.EmbeddedBrokerSettings;
import dev.sagitta.connector.wal.broker.LogLimits;
import dev.sagitta.connector.wal.broker.RemoteBrokerSettings;
import dev.sagitta.connector.wal.broker.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log's settings. Exactly one of the two brokers is present.
 *
 * @param pchannels queues of the log
 * @param taskQueues queues without order, whose records spread over consumers
 * @param admissionBytes appends are refused while more is unacknowledged
 * @param appendTimeout how long an append may wait for the broker, and again for its commit
 * @param connectionTimeToLive silence after which a remote connection counts as dead
 */
public record WalSettings(
    Optional<EmbeddedBrokerSettings> embedded,
    Optional<RemoteBrokerSettings> remote,
    List<String> pchannels,
    List<String> taskQueues,
    long admissionBytes,
    Duration appendTimeout,
    Duration connectionTimeToLive) {
  /** Names of log queues are this and a number from 0. */
  static final String PCHANNEL_PREFIX = "sagitta-dml_";

  static final String INDEX_BUILD_QUEUE = "sagitta-index-builds";

  private static final int DEFAULT_PCHANNELS = 4;
  private static final int MAXIMUM_PCHANNELS = 256;
  private static final long SMALLEST_DEFAULT_MAXIMUM_BYTES = 128L << 20;
  private static final long LARGEST_DEFAULT_MAXIMUM_BYTES = 2L << 30;

  public WalSettings {
    requireNonNull(embedded, "embedded is null");
    requireNonNull(remote, "remote is null");
    pchannels = List.copyOf(pchannels);
    taskQueues = List.copyOf(taskQueues);
    requireNonNull(appendTimeout, "appendTimeout is null");
    requireNonNull(connectionTimeToLive, "connectionTimeToLive is null");
    if (embedded.isPresent() == remote.isPresent()) {
      throw new IllegalArgumentException("exactly one broker, embedded or remote, is needed");
    }
    if (admissionBytes < LogLimits.MAXIMUM_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "must be at least "
              + LogLimits.MAXIMUM_RECORD_BYTES
              + ", the largest record: sagitta.wal.admission-bytes="
              + admissionBytes);
    }
    if (embedded.isPresent() && admissionBytes > embedded.get().maximumBytes()) {
      throw new IllegalArgumentException(
          "must not be above sagitta.wal.max-bytes="
              + embedded.get().maximumBytes()
              + ": sagitta.wal.admission-bytes="
              + admissionBytes);
    }
    if (!appendTimeout.isPositive() || !connectionTimeToLive.isPositive()) {
      throw new IllegalArgumentException(
          "must be positive: sagitta.wal.append-timeout="
              + appendTimeout
              + ", sagitta.wal.connection-ttl="
              + connectionTimeToLive);
    }
  }

  /** All queues. */
  List<String> queues() {
    List<String> queues = new ArrayList<>(pchannels);
    queues.addAll(taskQueues);
    return queues;
  }

  static WalSettings read(SettingReader reader) {
    int count = reader.integer("sagitta.wal.pchannels", 1, MAXIMUM_PCHANNELS, DEFAULT_PCHANNELS);
    List<String> pchannels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pchannels.add(PCHANNEL_PREFIX + i);
    }
    List<String> taskQueues = List.of(INDEX_BUILD_QUEUE);
    List<String> queues = new ArrayList<>(pchannels);
    queues.addAll(taskQueues);
    String broker = reader.text("sagitta.wal.broker").orElse("embedded");
    long maximumBytes = reader.size("sagitta.wal.max-bytes", defaultMaximumBytes());
    return new WalSettings(
        broker.equals("embedded")
            ? Optional.of(embedded(reader, queues, maximumBytes))
            : Optional.empty(),
        broker.equals("embedded") ? Optional.empty() : Optional.of(remote(reader, broker)),
        pchannels,
        taskQueues,
        reader.size("sagitta.wal.admission-bytes", maximumBytes / 2),
        reader.duration("sagitta.wal.append-timeout", Duration.ofSeconds(10)),
        reader.duration("sagitta.wal.connection-ttl", Duration.ofSeconds(5)));
  }

  /** Unacknowledged messages lie on the heap, in the broker and, once delivered, in the client. */
  private static long defaultMaximumBytes() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return Math.clamp(half, SMALLEST_DEFAULT_MAXIMUM_BYTES, LARGEST_DEFAULT_MAXIMUM_BYTES);
  }

  private static EmbeddedBrokerSettings embedded(
      SettingReader reader, List<String> queues, long maximumBytes) {
    return new EmbeddedBrokerSettings(
        Path.of(reader.text("sagitta.wal.directory").orElse("sagitta-data/wal")).toAbsolutePath(),
        queues,
        maximumBytes,
        reader.text("sagitta.wal.acceptor").map(AcceptorAddress::parse),
        credentials(reader),
        tls(reader));
  }

  private static RemoteBrokerSettings remote(SettingReader reader, String broker) {
    if (!broker.equals("remote")) {
      throw SettingReader.invalid("sagitta.wal.broker", broker, "embedded or remote");
    }
    return new RemoteBrokerSettings(
        reader.text("sagitta.wal.url").orElse(""), credentials(reader), tls(reader));
  }

  private static Optional<Credentials> credentials(SettingReader reader) {
    Optional<String> user = reader.text("sagitta.wal.user");
    Optional<String> password = reader.text("sagitta.wal.password");
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "sagitta.wal.user and sagitta.wal.password are needed together");
    }
    return user.map(name -> new Credentials(name, password.orElseThrow()));
  }

  private static Optional<TlsSettings> tls(SettingReader reader) {
    if (!reader.bool("sagitta.wal.tls.enabled", false)) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsSettings(
            store(reader, "sagitta.wal.tls.trust-store"),
            store(reader, "sagitta.wal.tls.key-store")));
  }

  private static Optional<TlsSettings.Store> store(SettingReader reader, String name) {
    return reader
        .text(name)
        .map(path -> new TlsSettings.Store(path, reader.text(name + "-password").orElse("")));
  }
}
