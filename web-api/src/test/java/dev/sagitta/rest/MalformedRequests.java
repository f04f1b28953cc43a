package dev.sagitta.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code malformed-requests.json}: requests that must be refused, and how. */
public record MalformedRequests(List<Setup> setup, List<Case> cases) {
  private static final String RESOURCE = "/malformed-requests.json";

  /** A request that must succeed before the cases are sent. */
  public record Setup(String path, byte[] body) {}

  /**
   * A request that must be refused.
   *
   * @param code wanted code
   * @param fragments texts that the message must contain
   * @param needsServer whether only a real server can refuse it
   */
  public record Case(
      String name,
      String path,
      Map<String, String> headers,
      byte[] body,
      int code,
      List<String> fragments,
      boolean needsServer) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static MalformedRequests load() {
    try (InputStream in = MalformedRequests.class.getResourceAsStream(RESOURCE)) {
      JsonNode root = new ObjectMapper().readTree(in);
      List<Setup> setup = new ArrayList<>();
      for (JsonNode node : root.get("setup")) {
        setup.add(new Setup(node.get("path").textValue(), body(node)));
      }
      List<Case> cases = new ArrayList<>();
      for (JsonNode node : root.get("cases")) {
        cases.add(readCase(node));
      }
      return new MalformedRequests(setup, cases);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case readCase(JsonNode node) {
    List<String> fragments = new ArrayList<>();
    node.get("fragments").forEach(fragment -> fragments.add(fragment.textValue()));
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().textValue());
    }
    return new Case(
        node.get("name").textValue(),
        node.get("path").textValue(),
        headers,
        body(node),
        node.get("code").intValue(),
        fragments,
        node.has("needs"));
  }

  private static byte[] body(JsonNode node) {
    if (node.has("generator")) {
      return generate(node.get("generator")).getBytes(UTF_8);
    }
    String text = node.has("text") ? node.get("text").textValue() : node.get("body").toString();
    return text.getBytes(UTF_8);
  }

  private static String generate(JsonNode generator) {
    String prefix = generator.get("prefix").textValue();
    String suffix = generator.get("suffix").textValue();
    return switch (generator.get("kind").textValue()) {
      case "repeat" ->
          prefix
              + generator.get("text").textValue().repeat(generator.get("count").intValue())
              + suffix;
      case "nestedArrays" -> {
        int depth = generator.get("depth").intValue();
        yield prefix + "[".repeat(depth) + "]".repeat(depth) + suffix;
      }
      default -> throw new IllegalArgumentException("unknown generator: " + generator);
    };
  }
}
