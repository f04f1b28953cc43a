package dev.sagitta.embedding.http;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON to the services of models. The only layer that retries: connections that fail and
 * answers 429, 500, 502, 503 and 504, at most {@value #MAXIMUM_ATTEMPTS} attempts in all, within
 * the deadline. Redirects are not followed, answers are bounded, and no message holds a header's
 * value. Safe for use by many threads at a time.
 */
public final class ModelHttpClient implements AutoCloseable {
  static final int MAXIMUM_ATTEMPTS = 3;
  private static final int SHOWN_CHARACTERS = 500;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Duration timeout;
  private final Duration firstPause;
  private HttpClient client;
  private boolean closed;

  /**
   * A client that has no connection yet.
   *
   * @param timeout longest time of a call with all its attempts
   */
  public ModelHttpClient(Duration timeout) {
    this(timeout, Duration.ofMillis(500));
  }

  ModelHttpClient(Duration timeout, Duration firstPause) {
    this.timeout = timeout;
    this.firstPause = firstPause;
  }

  /** The client with its thread, made when first needed. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new SagittaException(
          ErrorCode.SERVICE_UNAVAILABLE, "the client of model services is closed");
    }
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .connectTimeout(timeout)
              .followRedirects(HttpClient.Redirect.NEVER)
              .version(HttpClient.Version.HTTP_1_1)
              .build();
    }
    return client;
  }

  /**
   * Posts a body and gives the answer's.
   *
   * @param headers beside content type; their values never appear in messages
   * @param maximumAnswerBytes of a longer answer, nothing is given
   * @throws SagittaException 65535 when the service cannot be reached or refuses, 10001 when time
   *     is up
   */
  public byte[] post(
      URI uri,
      Map<String, String> headers,
      byte[] body,
      long maximumAnswerBytes,
      Deadline deadline) {
    Deadline end = deadline.atMost(timeout);
    Attempt attempt = new Attempt(uri, headers, body, maximumAnswerBytes);
    for (int number = 1; ; number++) {
      Outcome outcome = attempt.run(end);
      if (outcome.succeeded()) {
        return outcome.body();
      }
      boolean last = number == MAXIMUM_ATTEMPTS || !outcome.retriable();
      if (last || !pause(number, end)) {
        throw failed(outcome.reason());
      }
    }
  }

  private static SagittaException failed(String reason) {
    return new SagittaException(ErrorCode.UNEXPECTED, "Call service failed, errs:[" + reason + "]");
  }

  /** Waits before the next attempt; false when there is no time for one. */
  private boolean pause(int attemptsMade, Deadline end) {
    long milliseconds = firstPause.toMillis() << (attemptsMade - 1);
    milliseconds += ThreadLocalRandom.current().nextLong(milliseconds / 4 + 1);
    if (end.remaining().toMillis() <= milliseconds) {
      return false;
    }
    try {
      Thread.sleep(milliseconds);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted while a service is called", e);
    }
  }

  private record Outcome(boolean succeeded, boolean retriable, byte[] body, String reason) {
    static Outcome success(byte[] body) {
      return new Outcome(true, false, body, "");
    }

    static Outcome failure(boolean retriable, String reason) {
      return new Outcome(false, retriable, new byte[0], reason);
    }
  }

  private final class Attempt {
    private final Map<String, String> headers;
    private final HttpRequest request;
    private final long maximumAnswerBytes;

    Attempt(URI uri, Map<String, String> headers, byte[] body, long maximumAnswerBytes) {
      this.headers = headers;
      this.maximumAnswerBytes = maximumAnswerBytes;
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(builder::header);
      this.request = builder.build();
    }

    Outcome run(Deadline end) {
      // A request's own timeout ends with the answer's headers; this one covers its body too.
      CompletableFuture<HttpResponse<byte[]>> answer =
          client()
              .sendAsync(
                  request,
                  HttpResponse.BodyHandlers.limiting(
                      HttpResponse.BodyHandlers.ofByteArray(), maximumAnswerBytes));
      try {
        return outcome(answer.get(end.remaining().toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        throw new SagittaException(
            ErrorCode.TIMEOUT,
            "request timeout: the model's service did not answer in time: host="
                + request.uri().getAuthority(),
            e);
      } catch (ExecutionException e) {
        return Outcome.failure(e.getCause() instanceof IOException, redacted(reason(e.getCause())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SagittaException(ErrorCode.CANCELLED, "interrupted while a service is called", e);
      } finally {
        answer.cancel(true);
      }
    }

    private String reason(Throwable failure) {
      String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
      return failure.getClass().getSimpleName() + message + ", " + request.uri().getAuthority();
    }

    private Outcome outcome(HttpResponse<byte[]> response) {
      int status = response.statusCode();
      if (status == 200) {
        return Outcome.success(response.body());
      }
      boolean retriable =
          switch (status) {
            case 429, 500, 502, 503, 504 -> true;
            default -> false;
          };
      String body = new String(response.body(), StandardCharsets.UTF_8);
      return Outcome.failure(retriable, status + ", " + redacted(body));
    }

    /** What a service says, shortened, without the secrets it may repeat. */
    private String redacted(String text) {
      String safe = text;
      for (String value : headers.values()) {
        safe = safe.replace(value, "***");
        String token = value.substring(value.indexOf(' ') + 1);
        safe = token.isEmpty() ? safe : safe.replace(token, "***");
      }
      return safe.length() <= SHOWN_CHARACTERS ? safe : safe.substring(0, SHOWN_CHARACTERS) + "...";
    }
  }

  /** Ends all calls; there can be no more. */
  @Override
  public synchronized void close() {
    closed = true;
    if (client == null) {
      return;
    }
    client.shutdownNow();
    try {
      if (!client.awaitTermination(CLOSE_TIMEOUT)) {
        throw new IllegalStateException("calls of services do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
