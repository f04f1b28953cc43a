package dev.sagitta.connector.objectstore.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.OutcomeUnknownException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes over a network that breaks: nothing is visible afterwards, or the whole object. */
final class TestS3Faults {
  private static final int CONTENT_BYTES = 1 << 20;

  @TempDir private static Path serverDirectory;
  private static S3ProxyServer server;
  private static FaultProxy network;
  private S3ObjectStore direct;
  private S3ObjectStore store;
  @TempDir private Path files;

  @BeforeAll
  static void startServer() throws Exception {
    server = new S3ProxyServer(serverDirectory);
    network = new FaultProxy(server.port());
    S3TestSettings.createBucket(server.port());
  }

  @AfterAll
  static void stopServer() throws Exception {
    network.close();
    server.stop();
  }

  @BeforeEach
  void open() {
    direct = new S3ObjectStore(S3TestSettings.of(server.port(), ""));
    store = new S3ObjectStore(S3TestSettings.of(network.port(), ""));
  }

  @AfterEach
  void close() {
    network.heal();
    store.close();
    direct.close();
  }

  @Test
  void testConnectionCutInMidPut() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      byte[] content = new byte[CONTENT_BYTES];
      random.nextBytes(content);
      String key = "cut/" + round;
      network.cutAfter(random.nextInt(CONTENT_BYTES));
      boolean ifAbsent = round % 2 == 0;
      assertThatThrownBy(
              () -> {
                if (ifAbsent) {
                  store.putIfAbsent(key, ByteBuffer.wrap(content));
                } else {
                  store.put(key, ByteBuffer.wrap(content));
                }
              })
          .as("seed=%s round=%s", seed, round)
          .isInstanceOf(ObjectStoreException.class);
      network.heal();
      if (direct.head(key).isPresent()) {
        assertThat(direct.get(key)).as("seed=%s round=%s", seed, round).isEqualTo(content);
      }
      assertThat(store.putIfAbsent("after-cut/" + round, ByteBuffer.wrap(content))).isTrue();
    }
  }

  /** The first attempt succeeds unheard; the retry's 412 must not be taken for a lost race. */
  @Test
  void testOurOwnSuccessIsRecognised() {
    for (int round = 0; round < 5; round++) {
      String key = "swallowed/" + round;
      int faults = network.faults();
      network.swallowAnswers(1);
      assertThat(store.putIfAbsent(key, ByteBuffer.wrap(key.getBytes(UTF_8)))).isTrue();
      assertThat(network.faults()).isEqualTo(faults + 1);
      assertThat(direct.get(key)).isEqualTo(key.getBytes(UTF_8));
    }
  }

  @Test
  void testLostRaceIsRecognisedInSpiteOfARetry() {
    direct.put("taken", ByteBuffer.wrap(new byte[] {1}));
    network.swallowAnswers(1);
    assertThat(store.putIfAbsent("taken", ByteBuffer.wrap(new byte[] {2}))).isFalse();
    assertThat(direct.get("taken")).containsExactly(1);
  }

  /** All attempts are unheard, but the network works again when the object is looked at. */
  @Test
  void testLostAnswersAreSettledByReadingBack() {
    network.swallowAnswers(3);
    assertThat(store.putIfAbsent("settled", ByteBuffer.wrap(new byte[] {1}))).isTrue();
    network.swallowAnswers(3);
    store.put("settled-put", ByteBuffer.wrap(new byte[] {1}));
    assertThat(direct.get("settled-put")).containsExactly(1);
  }

  @Test
  void testOutcomeIsUnknownWhenNothingCanBeHeard() {
    network.swallowAnswers(Integer.MAX_VALUE);
    assertThatThrownBy(() -> store.putIfAbsent("unheard", ByteBuffer.wrap(new byte[] {1})))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("key=unheard");
    assertThatThrownBy(() -> store.put("unheard-put", ByteBuffer.wrap(new byte[] {1})))
        .isInstanceOf(OutcomeUnknownException.class);
    network.heal();
    assertThat(store.get("unheard")).containsExactly(1);
  }

  @Test
  void testServerThatIsDownAndComesBack() {
    network.refuse(true);
    assertThatThrownBy(() -> store.get("x")).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.head("x")).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.list("", Optional.empty(), 10))
        .isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.put("x", ByteBuffer.wrap(new byte[] {1})))
        .isInstanceOf(ObjectStoreException.class);
    network.refuse(false);
    store.put("x", ByteBuffer.wrap(new byte[] {1}));
    assertThat(store.get("x")).containsExactly(1);
  }

  @Test
  void testFailedMultipartUploadLeavesNothing() throws Exception {
    Path file = files.resolve("large");
    byte[] content = new byte[12 << 20];
    new Random(5).nextBytes(content);
    Files.write(file, content);
    network.cutAfter(7 << 20); // in the second part
    assertThatThrownBy(() -> store.putFile("multipart", file))
        .isInstanceOf(ObjectStoreException.class);
    network.heal();
    assertThat(direct.head("multipart")).isEmpty();
    store.putFile("multipart", file);
    assertThat(direct.get("multipart")).isEqualTo(content);
  }

  @Test
  void testMultipartUploadWhoseCompletionIsUnheard() throws Exception {
    Path file = files.resolve("large");
    byte[] content = new byte[6 << 20];
    new Random(6).nextBytes(content);
    Files.write(file, content);
    for (int round = 0; round < 3; round++) {
      network.cutAfter((6 << 20) + 1_000 + 700 * round); // about where the completion is sent
      try {
        store.putFile("completed/" + round, file);
        assertThat(direct.get("completed/" + round)).isEqualTo(content);
      } catch (ObjectStoreException e) {
        network.heal();
        if (direct.head("completed/" + round).isPresent()) {
          assertThat(direct.get("completed/" + round)).isEqualTo(content);
        }
      }
    }
  }

  @Test
  void testFailedUploadIsAborted() throws Exception {
    Path file = files.resolve("large");
    Files.write(file, new byte[12 << 20]);
    network.cutAfter(7 << 20, 3); // all attempts of the second part
    assertThatThrownBy(() -> store.putFile("aborted", file))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(direct.head("aborted")).isEmpty();
    try (S3Client client = S3Clients.create(S3TestSettings.of(server.port(), ""))) {
      assertThat(
              client
                  .listMultipartUploads(
                      request -> request.bucket(S3TestSettings.BUCKET).prefix("aborted"))
                  .uploads())
          .isEmpty();
    }
  }

  @Test
  void testBrokenDownloadLeavesNoFile() {
    direct.put("download", ByteBuffer.wrap(new byte[100]));
    network.swallowAnswers(Integer.MAX_VALUE);
    Path file = files.resolve("copy");
    assertThatThrownBy(() -> store.getToFile("download", file))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(files).isEmptyDirectory();
    network.heal();
    store.getToFile("download", file);
    assertThat(file).hasSize(100);
  }
}
