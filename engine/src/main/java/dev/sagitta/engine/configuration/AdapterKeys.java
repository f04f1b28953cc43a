package dev.sagitta.engine.configuration;

import static dev.sagitta.engine.configuration.ConfigurationParsers.bool;
import static dev.sagitta.engine.configuration.ConfigurationParsers.duration;
import static dev.sagitta.engine.configuration.ConfigurationParsers.integer;
import static dev.sagitta.engine.configuration.ConfigurationParsers.oneOf;
import static dev.sagitta.engine.configuration.ConfigurationParsers.optional;
import static dev.sagitta.engine.configuration.ConfigurationParsers.size;

import java.util.List;
import java.util.function.Function;

/**
 * The settings of the resource adapters. The adapters know nothing of this module and read the same
 * names with the same defaults by themselves.
 */
final class AdapterKeys {
  private AdapterKeys() {}

  static List<ConfigurationKey<?>> all() {
    return List.of(
        key(
            "sagitta.object-store.kind",
            "local",
            "local or s3",
            "Where catalog and segments live.",
            oneOf("local", "s3")),
        text("sagitta.object-store.local.directory", "The local store's folder."),
        text("sagitta.object-store.s3.endpoint", "URL of an S3 server; not set: Amazon's."),
        text("sagitta.object-store.s3.region", "Region; us-east-1 when not set."),
        text("sagitta.object-store.s3.bucket", "Bucket; needed for s3."),
        text("sagitta.object-store.s3.prefix", "Keys begin with this."),
        optionalKey(
            "sagitta.object-store.s3.path-style",
            "true/false",
            "Bucket in the path instead of the host name, as most own servers want.",
            bool()),
        text(
            "sagitta.object-store.s3.access-key",
            "Access key; without it the SDK's default chain of credentials is used."),
        text("sagitta.object-store.s3.secret-key", "Secret key; better set by the environment."),
        optionalKey(
            "sagitta.object-store.s3.request-timeout",
            "duration",
            "Longest time for one operation with all its attempts.",
            duration()),
        optionalKey(
            "sagitta.object-store.s3.attempt-timeout",
            "duration",
            "Longest time for one attempt.",
            duration()),
        optionalKey(
            "sagitta.object-store.s3.max-attempts",
            "integer",
            "Attempts for one operation, the first included.",
            integer(1, 20)),
        optionalKey(
            "sagitta.object-store.s3.part-size",
            "size",
            "Files above this size are uploaded in parts of it.",
            size()),
        optionalKey(
            "sagitta.object-store.s3.max-connections",
            "integer",
            "Connections to the S3 server.",
            integer(1, 10_000)),
        key(
            "sagitta.wal.broker",
            "embedded",
            "embedded or remote",
            "Whether this process runs the log's broker or connects to one.",
            oneOf("embedded", "remote")),
        text("sagitta.wal.directory", "The embedded broker's folder."),
        text(
            "sagitta.wal.acceptor",
            "host:port where other processes reach the embedded broker; not set: nowhere."),
        text("sagitta.wal.url", "Remote broker, for example tcp://broker:61616."),
        text("sagitta.wal.user", "User at the broker."),
        text("sagitta.wal.password", "Password at the broker; better set by the environment."),
        optionalKey("sagitta.wal.tls.enabled", "true/false", "TLS to and at the broker.", bool()),
        text("sagitta.wal.tls.trust-store", "PKCS12 file of trusted certificates."),
        text("sagitta.wal.tls.trust-store-password", "Its password."),
        text("sagitta.wal.tls.key-store", "PKCS12 file with the acceptor's certificate."),
        text("sagitta.wal.tls.key-store-password", "Its password."),
        key(
            "sagitta.wal.pchannels",
            "4",
            "integer",
            "Queues that carry the vchannels; never fewer than before on the same log.",
            integer(1, 256)),
        optionalKey(
            "sagitta.wal.max-bytes",
            "size",
            "Unacknowledged records the broker holds at most; by default from its heap.",
            size()),
        optionalKey(
            "sagitta.wal.admission-bytes",
            "size",
            "Above this many unacknowledged bytes writes are refused with a retriable error;"
                + " half of max-bytes when not set.",
            size()),
        key(
            "sagitta.wal.append-timeout",
            "10s",
            "duration",
            "Longest time for an append to become durable.",
            duration()),
        key(
            "sagitta.wal.connection-ttl",
            "5s",
            "duration",
            "A silent process loses its vchannels after this time.",
            duration()));
  }

  private static <T> ConfigurationKey<T> key(
      String name, String defaultText, String kind, String meaning, Function<String, T> parser) {
    return new ConfigurationKey<>(name, defaultText, kind, meaning, parser);
  }

  private static <T> ConfigurationKey<?> optionalKey(
      String name, String kind, String meaning, Function<String, T> parser) {
    return new ConfigurationKey<>(name, "", kind, meaning, optional(parser));
  }

  private static ConfigurationKey<?> text(String name, String meaning) {
    return optionalKey(name, "text", meaning, value -> value);
  }
}
