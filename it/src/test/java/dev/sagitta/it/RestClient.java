package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A client of the REST API that knows nothing of the server's code. */
final class RestClient {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "/v2/vectordb/";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;

  RestClient(String base) {
    this.base = base;
  }

  /** The answer's JSON, whatever its code. */
  JsonNode call(String path, Object body) throws IOException, InterruptedException {
    return JSON.readTree(post(PREFIX + path, JSON.writeValueAsBytes(body), Map.of()).body());
  }

  /** The answer's {@code data}; fails unless the code is 0. */
  JsonNode ok(String path, Object body) throws IOException, InterruptedException {
    JsonNode answer = call(path, body);
    if (answer.path("code").asInt(-1) != 0) {
      throw new AssertionError(path + " failed: " + answer);
    }
    return answer.path("data");
  }

  HttpResponse<byte[]> post(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(90))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  long count(String collection, String consistency) throws IOException, InterruptedException {
    JsonNode rows =
        ok(
            "entities/query",
            object()
                .put("collectionName", collection)
                .put("filter", "")
                .put("consistencyLevel", consistency)
                .set("outputFields", JSON.createArrayNode().add("count(*)")));
    return rows.get(0).get("count(*)").asLong();
  }
}
