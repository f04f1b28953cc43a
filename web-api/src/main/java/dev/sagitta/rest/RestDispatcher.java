package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.rest.json.Json;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the endpoint of a path, reads what all endpoints have in common from headers and body, and
 * makes the answer's envelope. Knows nothing of servlets. Safe for concurrent use.
 */
public final class RestDispatcher {
  public static final String BASE_PATH = "/v2/vectordb";

  private static final Logger LOGGER = System.getLogger(RestDispatcher.class.getName());
  private static final long MAXIMUM_TIMEOUT_SECONDS = Duration.ofDays(1).toSeconds();

  private final RestServices services;
  private final RestMetrics metrics;
  private final Map<String, Route> routes = new HashMap<>();

  public RestDispatcher(RestServices services, List<Route> routes) {
    this.services = requireNonNull(services, "services is null");
    this.metrics = services.metrics();
    for (Route route : routes) {
      if (this.routes.put(route.path(), route) != null) {
        throw new IllegalArgumentException("two routes of one path: path=" + route.path());
      }
    }
  }

  /** Answers a request; never throws. */
  public RestAnswer dispatch(RestRequest request) {
    Route route = routes.get(request.path());
    if (route == null) {
      return RestAnswer.notFound();
    }
    RestMetrics.Request measured = metrics.start(route.name(), request.bodyLength());
    RestAnswer answer;
    try {
      answer = answer(route, request, measured);
    } catch (SagittaException e) {
      measured.failed(e.errorCode());
      LOGGER.log(
          Level.DEBUG, "request refused: path={0} code={1}", route.path(), e.errorCode().code());
      answer = refusal(e);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      measured.failed(ErrorCode.UNEXPECTED);
      LOGGER.log(Level.ERROR, "request failed: path=" + route.path(), e);
      answer = RestErrors.answer(500, 500, "internal error: " + e);
    }
    measured.end(answer.body().length);
    return answer;
  }

  private RestAnswer answer(Route route, RestRequest request, RestMetrics.Request measured)
      throws IOException {
    RequestBody body =
        RequestBody.parse(request.body(), request.bodyLength(), route.streamedKeys());
    String database = databaseName(request, body);
    measured.names(database, body);
    RequestContext context =
        new RequestContext(
            services,
            services.catalog().current(),
            database,
            deadline(request),
            int64AsNumber(request));
    BoundedOutput bytes = new BoundedOutput(services.settings().maximumOutputBytes());
    JsonGenerator out = Json.factory().createGenerator(bytes);
    out.writeStartObject();
    out.writeNumberField("code", 0);
    route.endpoint().answer(context, body, out);
    out.writeEndObject();
    out.close();
    return new RestAnswer(200, RestAnswer.JSON, bytes.toByteArray());
  }

  private static RestAnswer refusal(SagittaException error) {
    if (error.errorCode() == ErrorCode.TIMEOUT) {
      return RestErrors.answer(
          408, error.errorCode().code(), "request timeout: " + error.getMessage());
    }
    return RestErrors.answer(200, error.errorCode().code(), error.getMessage());
  }

  private static String databaseName(RestRequest request, RequestBody body) {
    Optional<String> fromBody = body.text("dbName").filter(name -> !name.isEmpty());
    return fromBody
        .or(() -> request.headers().apply("DB-Name").filter(name -> !name.isEmpty()))
        .orElse(DatabaseDescriptor.DEFAULT_NAME);
  }

  /** The deadline of {@code Request-Timeout} in whole seconds; unusable values are ignored. */
  private Deadline deadline(RestRequest request) {
    Optional<String> header = request.headers().apply("Request-Timeout");
    if (header.isPresent()) {
      try {
        long seconds = Long.parseLong(header.get().trim());
        if (seconds > 0) {
          return Deadline.after(Duration.ofSeconds(Math.min(seconds, MAXIMUM_TIMEOUT_SECONDS)));
        }
      } catch (NumberFormatException e) {
        LOGGER.log(
            Level.DEBUG, "header ignored: Request-Timeout={0}", JsonErrors.shorten(header.get()));
      }
    }
    return Deadline.after(services.settings().requestTimeout());
  }

  private boolean int64AsNumber(RestRequest request) {
    return request
        .headers()
        .apply("Accept-Type-Allow-Int64")
        .flatMap(RestDispatcher::truthValue)
        .orElse(services.settings().int64AsNumber());
  }

  private static Optional<Boolean> truthValue(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "t", "T", "1" -> Optional.of(true);
      case "false", "False", "FALSE", "f", "F", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
