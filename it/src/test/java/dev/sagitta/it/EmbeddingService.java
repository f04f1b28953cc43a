package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * A service of embeddings on loopback that speaks as TEI ({@code inputs}) and as OpenAI ({@code
 * input}): a text's vector counts its letters a, b and c, and all its characters.
 */
final class EmbeddingService implements AutoCloseable {
  static final int DIMENSION = 4;

  private final HttpServer server;
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  EmbeddingService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The keys that clients showed. */
  List<String> keys() {
    return keys;
  }

  /** Whether to refuse from now on. */
  void fail(boolean fail) {
    failing = fail;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(keys::add);
      JsonNode body = RestClient.JSON.readTree(exchange.getRequestBody().readAllBytes());
      byte[] answer =
          failing
              ? "refused".getBytes(StandardCharsets.UTF_8)
              : RestClient.JSON.writeValueAsBytes(answer(body));
      exchange.sendResponseHeaders(failing ? 400 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static JsonNode answer(JsonNode body) {
    if (body.has("inputs")) {
      ArrayNode vectors = RestClient.JSON.createArrayNode();
      body.get("inputs").forEach(text -> vectors.add(vector(text.asText())));
      return vectors;
    }
    ObjectNode answer = RestClient.object();
    ArrayNode data = answer.putArray("data");
    for (JsonNode text : body.get("input")) {
      data.addObject().put("index", data.size() - 1).set("embedding", vector(text.asText()));
    }
    return answer;
  }

  private static ArrayNode vector(String text) {
    ArrayNode vector = RestClient.JSON.createArrayNode();
    for (char letter : new char[] {'a', 'b', 'c'}) {
      vector.add(text.chars().filter(character -> character == letter).count());
    }
    return vector.add(text.length() / 16.0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
