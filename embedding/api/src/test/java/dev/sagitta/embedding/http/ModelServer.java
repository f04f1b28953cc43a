package dev.sagitta.embedding.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service on loopback that embeds as OpenAI's, Cohere's and TEI do: the vector of a text is made
 * from its characters. It can be told to answer something else first.
 */
public final class ModelServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a client sent. */
  public record Request(String path, Headers headers, JsonNode body) {}

  /** An answer given instead of vectors. */
  public record Answer(int status, String body, long delayMillis) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Answer> planned = new CopyOnWriteArrayList<>();
  private volatile int dimension;

  public ModelServer(int dimension) throws IOException {
    this.dimension = dimension;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Request> requests() {
    return requests;
  }

  /** The next request gets this answer. */
  public void plan(int status, String body) {
    planned.add(new Answer(status, body, 0));
  }

  void planSlow(long delayMillis) {
    planned.add(new Answer(200, "[]", delayMillis));
  }

  void useDimension(int newDimension) {
    dimension = newDimension;
  }

  /** The vector of a text. */
  public static float[] vector(String text, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < text.length(); i++) {
      vector[i % dimension] += text.charAt(i) / 128f;
    }
    return vector;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      requests.add(
          new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
      Answer answer = planned.isEmpty() ? null : planned.removeFirst();
      if (answer == null) {
        answer = new Answer(200, JSON.writeValueAsString(embed(body)), 0);
      }
      pause(answer.delayMillis());
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void pause(long milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IOException("the server ends", e);
    }
  }

  private JsonNode embed(JsonNode body) {
    if (body.has("inputs")) {
      return vectors(body.get("inputs"));
    }
    if (body.has("texts")) {
      ObjectNode answer = JSON.createObjectNode().put("id", "x");
      answer
          .putObject("embeddings")
          .set(body.get("embedding_types").get(0).asText(), vectors(body.get("texts")));
      return answer;
    }
    ObjectNode answer = JSON.createObjectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    ArrayNode vectors = vectors(body.get("input"));
    // Last first, and the index behind the vector: a client must look at it.
    for (int i = vectors.size() - 1; i >= 0; i--) {
      ObjectNode item = data.addObject().put("object", "embedding");
      item.set("embedding", vectors.get(i));
      item.put("index", i);
    }
    answer.putObject("usage").put("total_tokens", 1);
    return answer;
  }

  private ArrayNode vectors(JsonNode texts) {
    ArrayNode vectors = JSON.createArrayNode();
    for (JsonNode text : texts) {
      ArrayNode elements = vectors.addArray();
      for (float element : vector(text.asText(), dimension)) {
        elements.add(element);
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
