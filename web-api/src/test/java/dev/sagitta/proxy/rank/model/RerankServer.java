package dev.sagitta.proxy.rank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A service on loopback that ranks as the providers' do, each with its own request and answer; the
 * last part of the path says which. A text's score is made from its characters; the best comes
 * first, as the services answer.
 */
final class RerankServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a client sent. */
  record Request(String path, Optional<String> authorization, JsonNode body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> planned = new CopyOnWriteArrayList<>();

  RerankServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<Request> requests() {
    return requests;
  }

  /** The next request gets this answer. */
  void plan(String answer) {
    planned.add(answer);
  }

  /** What a text is worth for a query. */
  static float score(String query, String text) {
    return text.chars().sum() % 997 / 1024f + query.length();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getPath();
      requests.add(
          new Request(
              path,
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
              body));
      byte[] answer =
          planned.isEmpty()
              ? JSON.writeValueAsBytes(rank(path.substring(path.lastIndexOf('/') + 1), body))
              : planned.removeFirst().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static JsonNode rank(String service, JsonNode body) {
    return switch (service) {
      case "rerank" -> results(body, "texts", "score", false);
      case "voyageai" -> {
        ObjectNode answer = JSON.createObjectNode().put("object", "list");
        answer.set("data", results(body, "documents", "relevance_score", false));
        answer.put("model", body.path("model").asText());
        answer.putObject("usage").put("total_tokens", 26);
        yield answer;
      }
      case "cohere" -> {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("results", results(body, "documents", "relevance_score", false));
        answer.put("id", "x").putObject("meta").putObject("api_version").put("version", "2");
        yield answer;
      }
      default -> {
        ObjectNode answer = JSON.createObjectNode().put("id", "x");
        answer.set("results", results(body, "documents", "relevance_score", true));
        answer.putObject("tokens").put("input_tokens", 7);
        yield answer;
      }
    };
  }

  private static ArrayNode results(
      JsonNode body, String textsKey, String scoreKey, boolean withDocuments) {
    JsonNode texts = body.get(textsKey);
    String query = body.get("query").asText();
    ArrayNode results = JSON.createArrayNode();
    IntStream.range(0, texts.size())
        .boxed()
        .sorted(
            (left, right) ->
                Float.compare(
                    score(query, texts.get(right).asText()),
                    score(query, texts.get(left).asText())))
        .forEach(
            i -> {
              ObjectNode result = results.addObject().put("index", i);
              if (withDocuments) {
                result.putObject("document").put("text", texts.get(i).asText());
              }
              result.put(scoreKey, score(query, texts.get(i).asText()));
            });
    return results;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
