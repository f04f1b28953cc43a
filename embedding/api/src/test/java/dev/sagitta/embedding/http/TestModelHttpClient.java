package dev.sagitta.embedding.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retries, timeouts, bounds and secrets, against a real server. */
final class TestModelHttpClient {
  private static final Map<String, String> SECRET = Map.of("Authorization", "Bearer s3cr3t-key");

  private final ModelHttpClient client =
      new ModelHttpClient(Duration.ofSeconds(20), Duration.ofMillis(5));
  private ModelServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ModelServer(4);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private byte[] post(Deadline deadline) {
    byte[] body = "{\"inputs\": [\"text\"]}".getBytes(StandardCharsets.UTF_8);
    return client.post(URI.create(server.url("/embed")), SECRET, body, 10_000, deadline);
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(ErrorCode code) {
    return assertThatThrownBy(() -> post(soon()))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void passingFailuresAreTriedAgain() {
    server.plan(503, "overloaded");
    server.plan(429, "too many");
    assertThat(new String(post(soon()), StandardCharsets.UTF_8)).startsWith("[[");
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer s3cr3t-key");
  }

  @Test
  void attemptsAreBounded() {
    for (int i = 0; i < 10; i++) {
      server.plan(500, "broken");
    }
    assertRefused(ErrorCode.UNEXPECTED)
        .hasMessageContaining("Call service failed, errs:[500, broken]");
    assertThat(server.requests()).hasSize(ModelHttpClient.MAXIMUM_ATTEMPTS);
  }

  @Test
  void refusalsAreFinalAndShowNoSecret() {
    server.plan(401, "Incorrect API key provided: s3cr3t-key " + "x".repeat(5000));
    assertRefused(ErrorCode.UNEXPECTED)
        .hasMessageContaining("401, Incorrect API key provided: ***")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(700));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void redirectsAreNotFollowed() {
    server.plan(302, "elsewhere");
    assertRefused(ErrorCode.UNEXPECTED).hasMessageContaining("302");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void slowAnswersEndAtTheDeadline() {
    server.planSlow(15_000);
    long begin = System.nanoTime();
    assertThatThrownBy(() -> post(Deadline.after(Duration.ofMillis(300))))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void answersAreBounded() {
    for (int i = 0; i < ModelHttpClient.MAXIMUM_ATTEMPTS; i++) {
      server.plan(200, "[" + " ".repeat(20_000) + "]");
    }
    assertRefused(ErrorCode.UNEXPECTED);
  }

  @Test
  void nobodyThereIsSaid() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    assertThatThrownBy(() -> client.post(uri, SECRET, new byte[0], 10, soon()))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("errs:[ConnectException, 127.0.0.1:" + port + "]")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void aClosedClientRefuses() {
    byte[] _ = post(soon());
    client.close();
    assertRefused(ErrorCode.SERVICE_UNAVAILABLE);
  }
}
