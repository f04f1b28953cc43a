package dev.sagitta.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The top level of a request body. Keys match without regard to case, as in Milvus; of equal keys
 * the last counts. Streamed keys stay ranges of bytes, so the order of the keys does not matter and
 * rows are never a tree; all other values are small trees.
 */
public final class RequestBody {
  private final Map<String, JsonNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, JsonRange> ranges = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private RequestBody() {}

  /**
   * Reads the outline of a body.
   *
   * @param streamed keys whose values stay unparsed
   * @throws dev.sagitta.engine.error.SagittaException code 1801 if it is no JSON object
   */
  public static RequestBody parse(byte[] bytes, int length, Set<String> streamed) {
    RequestBody body = new RequestBody();
    BodyScanner scanner = new BodyScanner(bytes, length);
    if (scanner.peek() == -1) {
      throw JsonErrors.malformed("request body is empty");
    }
    try {
      body.readObject(scanner, bytes, streamed);
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
    int rest = scanner.peek();
    if (rest != -1) {
      throw scanner.unexpected(rest, "end of input");
    }
    return body;
  }

  /**
   * Reads the outlines of an array's objects.
   *
   * @param key key of the array, for messages
   * @param streamed keys whose values stay unparsed
   * @param maximumCount most objects
   * @throws dev.sagitta.engine.error.SagittaException code 1801 if it is no array of objects, 1100
   *     if it has too many
   */
  public static List<RequestBody> parseAll(
      String key, JsonRange array, Set<String> streamed, int maximumCount) {
    if (array.firstByte() != '[') {
      throw JsonErrors.wrongType(key, "an array of objects", array.text());
    }
    List<RequestBody> bodies = new ArrayList<>();
    BodyScanner scanner = new BodyScanner(array);
    scanner.expect('[');
    try {
      while (scanner.peek() != ']') {
        if (bodies.size() == maximumCount) {
          throw SagittaException.invalidParameter(
              "too many elements: key=" + key + " limit=" + maximumCount);
        }
        if (!bodies.isEmpty()) {
          scanner.expect(',');
        }
        RequestBody body = new RequestBody();
        body.readObject(scanner, array.bytes(), streamed);
        bodies.add(body);
      }
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
    return bodies;
  }

  private void readObject(BodyScanner scanner, byte[] bytes, Set<String> streamed)
      throws IOException {
    scanner.expect('{');
    if (scanner.peek() == '}') {
      scanner.expect('}');
      return;
    }
    while (true) {
      int next = scanner.peek();
      if (next != '"') {
        throw scanner.unexpected(next, "a key");
      }
      JsonRange keyRange = nextValue(scanner, bytes);
      String key = tree(keyRange).textValue();
      scanner.expect(':');
      JsonRange value = nextValue(scanner, bytes);
      if (isStreamed(streamed, key)) {
        ranges.put(key, value);
      } else {
        values.put(key, tree(value));
      }
      if (scanner.peek() != ',') {
        scanner.expect('}');
        return;
      }
      scanner.expect(',');
    }
  }

  private static boolean isStreamed(Set<String> streamed, String key) {
    for (String candidate : streamed) {
      if (candidate.equalsIgnoreCase(key)) {
        return true;
      }
    }
    return false;
  }

  private static JsonRange nextValue(BodyScanner scanner, byte[] bytes) {
    scanner.peek();
    int start = scanner.position();
    scanner.skipValue();
    return new JsonRange(bytes, start, scanner.position() - start);
  }

  private static JsonNode tree(JsonRange range) throws IOException {
    if (range.firstByte() == '"' && isPlainText(range)) {
      return TextNode.valueOf(
          new String(
              range.bytes(), range.offset() + 1, range.length() - 2, StandardCharsets.US_ASCII));
    }
    try (JsonParser parser = range.parser()) {
      return Json.mapper().readTree(parser);
    }
  }

  private static boolean isPlainText(JsonRange range) {
    for (int i = range.offset() + 1; i < range.offset() + range.length() - 1; i++) {
      byte character = range.bytes()[i];
      if (character < ' ' || character == '\\') {
        return false;
      }
    }
    return true;
  }

  /** The key's unparsed value; empty if absent or null. */
  public Optional<JsonRange> range(String key) {
    return Optional.ofNullable(ranges.get(key)).filter(range -> !range.isNull());
  }

  /** The key's unparsed value; code 1802 if absent or null. */
  public JsonRange requiredRange(String key) {
    return range(key).orElseThrow(() -> JsonErrors.missing(key));
  }

  /** The key's value; empty if absent or null. */
  public Optional<JsonNode> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(node -> !(node instanceof NullNode));
  }

  /** A text; code 1802 if absent or empty, 1801 if no text. */
  public String requiredText(String key) {
    return text(key).filter(text -> !text.isEmpty()).orElseThrow(() -> JsonErrors.missing(key));
  }

  public Optional<String> text(String key) {
    return value(key).map(node -> textOf(key, node));
  }

  public boolean flag(String key, boolean whenAbsent) {
    return value(key).map(node -> flagOf(key, node)).orElse(whenAbsent);
  }

  /** A whole number; code 1801 if it is something else or leaves the range of int. */
  public Optional<Integer> integer(String key) {
    return value(key).map(node -> integerOf(key, node));
  }

  /** A list of texts, empty if absent. */
  public List<String> texts(String key) {
    return value(key).map(node -> textsOf(key, node)).orElse(List.of());
  }

  /** An object's members, empty if absent. */
  public Map<String, JsonNode> members(String key) {
    return value(key).map(node -> membersOf(key, node)).orElse(Map.of());
  }

  public static String textOf(String key, JsonNode node) {
    if (!node.isTextual()) {
      throw JsonErrors.wrongType(key, "a string", node);
    }
    return node.textValue();
  }

  public static boolean flagOf(String key, JsonNode node) {
    if (!node.isBoolean()) {
      throw JsonErrors.wrongType(key, "true or false", node);
    }
    return node.booleanValue();
  }

  public static int integerOf(String key, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw JsonErrors.wrongType(key, "a 32-bit integer", node);
    }
    return node.intValue();
  }

  public static List<String> textsOf(String key, JsonNode node) {
    if (!node.isArray()) {
      throw JsonErrors.wrongType(key, "an array of strings", node);
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      texts.add(textOf(key, element));
    }
    return texts;
  }

  public static Map<String, JsonNode> membersOf(String key, JsonNode node) {
    if (!node.isObject()) {
      throw JsonErrors.wrongType(key, "an object", node);
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      members.put(entry.getKey(), entry.getValue());
    }
    return Collections.unmodifiableMap(members);
  }

  /** A member as Milvus stores parameters: strings as they are, anything else as JSON text. */
  public static String parameterText(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }

  /** Members as parameters; null members are left out. */
  public static Map<String, String> parameterTexts(Map<String, JsonNode> members) {
    Map<String, String> parameters = new LinkedHashMap<>();
    members.forEach(
        (name, node) -> {
          if (!node.isNull()) {
            parameters.put(name, parameterText(node));
          }
        });
    return parameters;
  }
}
