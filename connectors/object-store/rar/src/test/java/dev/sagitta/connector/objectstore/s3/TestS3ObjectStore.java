package dev.sagitta.connector.objectstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreContract;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against s3proxy; each test has its own prefix in the bucket. */
final class TestS3ObjectStore extends ObjectStoreContract {
  @TempDir private static Path serverDirectory;
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static S3ProxyServer server;
  private S3ObjectStore store;

  @BeforeAll
  static void startServer() throws Exception {
    server = new S3ProxyServer(serverDirectory);
    S3TestSettings.createBucket(server.port());
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.stop();
  }

  @BeforeEach
  void open() {
    store = new S3ObjectStore(S3TestSettings.of(server.port(), "root" + TESTS.incrementAndGet()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void testPrefixesKeepStoresApart() {
    store.put("key", bytes("mine"));
    try (S3ObjectStore other = new S3ObjectStore(S3TestSettings.of(server.port(), "other/"))) {
      assertThat(other.head("key")).isEmpty();
      assertThat(other.list("", Optional.empty(), 10).objects()).isEmpty();
    }
    try (S3ObjectStore whole = new S3ObjectStore(S3TestSettings.of(server.port(), ""))) {
      assertThat(whole.head("root" + TESTS.get() + "/key")).isPresent();
    }
  }

  @Test
  void testLocalFileIsNeverThere() {
    store.put("key", bytes("x"));
    assertThat(store.localFile("key")).isEmpty();
  }

  @Test
  void testStreamThatIsNotReadToItsEndFreesTheConnection() throws IOException {
    store.put("stream", ByteBuffer.wrap(randomBytes(4 << 20, 3)));
    for (int i = 0; i < 40; i++) { // more than the client has connections
      try (InputStream stream = store.open("stream")) {
        assertThat(stream.read(new byte[100])).isPositive();
      }
    }
  }

  @Test
  void testMissingBucketIsAnErrorAndNotAnAbsentObject() {
    S3Settings right = S3TestSettings.of(server.port(), "");
    S3Settings wrong =
        new S3Settings(
            right.endpoint(),
            right.region(),
            "no-such-bucket",
            right.prefix(),
            right.pathStyle(),
            right.credentials(),
            right.requestTimeout(),
            right.attemptTimeout(),
            right.maximumAttempts(),
            right.partSizeInBytes(),
            right.maximumConnections());
    try (S3ObjectStore other = new S3ObjectStore(wrong)) {
      assertThatThrownBy(() -> other.get("key"))
          .isExactlyInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("key=key");
      assertThatThrownBy(() -> other.put("key", bytes("x")))
          .isExactlyInstanceOf(ObjectStoreException.class);
      assertThatThrownBy(() -> other.putIfAbsent("key", bytes("x")))
          .isExactlyInstanceOf(ObjectStoreException.class);
    }
  }

  @Test
  void testSecretsAreNotShown() {
    S3Settings settings = S3TestSettings.of(server.port(), "");
    assertThat(settings.toString() + store)
        .doesNotContain(S3ProxyServer.CREDENTIAL)
        .doesNotContain(S3ProxyServer.IDENTITY);
  }
}
