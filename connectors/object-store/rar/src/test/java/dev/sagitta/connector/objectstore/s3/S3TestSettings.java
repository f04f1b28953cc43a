package dev.sagitta.connector.objectstore.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** Settings for the server of the tests: small parts, short timeouts. */
final class S3TestSettings {
  static final String BUCKET = "sagitta";

  private S3TestSettings() {}

  static S3Settings of(int port, String prefix) {
    return new S3Settings(
        Optional.of(URI.create("http://127.0.0.1:" + port)),
        "us-east-1",
        BUCKET,
        prefix,
        true,
        Optional.of(new S3Credentials(S3ProxyServer.IDENTITY, S3ProxyServer.CREDENTIAL)),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        3,
        S3Settings.MINIMUM_PART_SIZE_IN_BYTES,
        32);
  }

  static void createBucket(int port) {
    try (S3Client client = S3Clients.create(of(port, ""))) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }
}
