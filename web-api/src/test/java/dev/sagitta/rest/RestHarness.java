package dev.sagitta.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.VchannelRouter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The REST API over fakes, called without HTTP. */
public final class RestHarness {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public final FakeCatalog catalog = new FakeCatalog();
  final FakeRows rows = new FakeRows();
  public final MetricRegistry metrics = new MetricRegistry();
  final List<String> flushed = new ArrayList<>();
  final RestSettings settings = RestSettings.from(new Configuration(name -> Optional.empty()));
  int loadedPercent = 100;
  final RestDispatcher dispatcher =
      new RestDispatcher(
          new RestServices(
              catalog,
              new FakeRootCoordinator(catalog),
              new FakeRouter(),
              (collectionId, partitionIds) -> loadedPercent,
              rows,
              rows,
              rows,
              FieldFunctions.ofEngine(),
              settings,
              new RestMetrics(metrics)),
          Routes.all());
  final InflightBytes inflight = new InflightBytes(settings.maximumInflightBytes());
  final BodyReader bodyReader = new BodyReader(settings.maximumRequestBytes(), inflight);

  /** Remembers which vchannels were flushed. */
  private final class FakeRouter implements VchannelRouter {
    @Override
    public Map<String, String> ownersAt(
        List<String> vchannels, long notBeforeNanos, Deadline deadline) {
      return Map.of();
    }

    @Override
    public void flush(List<String> vchannels, Deadline deadline) {
      flushed.addAll(vchannels);
    }

    @Override
    public void invalidate(String vchannel) {}
  }

  VchannelRouter router() {
    return new FakeRouter();
  }

  /** Sends a body through the body reader and the dispatcher, as the servlet does. */
  RestAnswer send(String path, byte[] body, Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    try (BodyReader.Body read = bodyReader.read(new ByteArrayInputStream(body), body.length)) {
      if (read.isRefused()) {
        return read.refusal();
      }
      return dispatcher.dispatch(
          new RestRequest(
              path, name -> Optional.ofNullable(byName.get(name)), read.bytes(), read.length()));
    }
  }

  public JsonNode post(String path, String body) {
    return post(path, body, Map.of());
  }

  public JsonNode post(String path, String body, Map<String, String> headers) {
    return parse(send(path, body.getBytes(UTF_8), headers));
  }

  /** Posts and insists on success. */
  public JsonNode ok(String path, String body) {
    JsonNode answer = post(path, body);
    if (answer.path("code").asInt(-1) != 0) {
      throw new AssertionError("refused: path=" + path + " answer=" + answer);
    }
    return answer;
  }

  CollectionDescriptor collection(String name) {
    return catalog.current().collection(DatabaseDescriptor.DEFAULT_ID, name).orElseThrow();
  }

  /** The names of an object's members. */
  static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  static JsonNode parse(RestAnswer answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
