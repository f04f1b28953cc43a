package dev.sagitta.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every request of the table {@code malformed-requests.json} gets its documented code and a message
 * that names the culprit; the server stays ready and its memory flat while they are repeated.
 */
final class TestMalformedRequests {
  private static final String TABLE = "web-api/src/test/resources/malformed-requests.json";
  private static final String PREFIX = "/v2/vectordb";
  private static final int ROUNDS = 3;
  private static final long ALLOWED_GROWTH_BYTES = 300L << 20;

  @Test
  void areRefusedAndDoNoHarm(@TempDir Path data) throws Exception {
    JsonNode table =
        RestClient.JSON.readTree(Path.of(System.getProperty("sagitta.home"), TABLE).toFile());
    try (Server server = Server.start(data)) {
      RestClient client = server.client();
      for (JsonNode setup : table.get("setup")) {
        send(client, setup);
      }
      SoftAssertions refusals = new SoftAssertions();
      for (JsonNode request : table.get("cases")) {
        checkRefusal(refusals, request, send(client, request));
      }
      refusals.assertAll();
      long resident = server.residentBytes();
      for (int round = 0; round < ROUNDS; round++) {
        for (JsonNode request : table.get("cases")) {
          send(client, request);
        }
      }
      assertThat(server.residentBytes()).isLessThan(resident + ALLOWED_GROWTH_BYTES);
      assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(client.ok("collections/list", RestClient.object()).toString())
          .contains("malformed")
          .doesNotContain("malformed_new");
    }
  }

  private static void checkRefusal(
      SoftAssertions refusals, JsonNode request, HttpResponse<byte[]> response) throws Exception {
    String name = request.get("name").textValue();
    JsonNode answer = RestClient.JSON.readTree(response.body());
    List<String> fragments = new ArrayList<>();
    request.get("fragments").forEach(fragment -> fragments.add(fragment.textValue()));
    refusals.assertThat(response.statusCode()).as(name).isEqualTo(200);
    refusals
        .assertThat(answer.path("code").asInt(-1))
        .as("%s: %s", name, answer)
        .isEqualTo(request.get("code").intValue());
    refusals.assertThat(answer.path("message").asText()).as(name).contains(fragments);
  }

  private static HttpResponse<byte[]> send(RestClient client, JsonNode request) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().textValue());
    }
    return client.post(
        PREFIX + request.get("path").textValue(), body(request).getBytes(UTF_8), headers);
  }

  private static String body(JsonNode request) {
    if (request.has("text")) {
      return request.get("text").textValue();
    }
    if (request.has("body")) {
      return request.get("body").toString();
    }
    JsonNode generator = request.get("generator");
    String prefix = generator.get("prefix").textValue();
    String suffix = generator.get("suffix").textValue();
    if (generator.get("kind").textValue().equals("nestedArrays")) {
      int depth = generator.get("depth").intValue();
      return prefix + "[".repeat(depth) + "]".repeat(depth) + suffix;
    }
    String text = generator.get("text").textValue();
    return prefix + text.repeat(generator.get("count").intValue()) + suffix;
  }
}
