package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text in, vectors out: Debian's package descriptions go in without vectors and are found by texts
 * that say the same in other words, with the model in the server's process; and with services on
 * loopback that speak as TEI and OpenAI do.
 */
final class TestTextEmbedding {
  private static final int DIMENSION = 384;
  private static final Set<String> SECTIONS =
      Set.of("games", "web", "mail", "sound", "graphics", "editors", "science");

  /** What a user may ask, and the package that the model must find first among some 240. */
  private static final Map<String, String> QUESTIONS =
      Map.of(
          "save films from the internet to the hard disk", "yt-dlp",
          "get rid of advertisements on pages", "webext-ublock-origin-firefox",
          "table of the chemical elements", "gperiodic",
          "hide a secret message in a photo", "stepic",
          "draw technical plans of a house", "librecad",
          "read PDF files", "qpdfview",
          "children learn by playing", "pysiogame",
          "cat that paints text in all colours of the rainbow", "lolcat",
          "recognize the text on scanned pages", "lios");

  @TempDir Path folder;

  @Test
  void textsAreFoundByTheirMeaning() throws Exception {
    Path credentials = folder.resolve("credentials.properties");
    Files.writeString(credentials, "team.apikey=s3cr3t-key\n");
    try (EmbeddingService service = new EmbeddingService();
        Server server =
            Server.start(
                folder.resolve("data"),
                Map.of(
                    "sagitta.credential.file",
                    credentials.toString(),
                    "sagitta.function.text-embedding.providers.openai.url",
                    service.url("/v1/embeddings"),
                    "sagitta.function.text-embedding.providers.openai.credential",
                    "team"))) {
      RestClient client = server.client();
      refusals(client, service);
      Map<Long, String> packages = packages();
      create(client, "packages", DIMENSION, Map.of());
      insert(client, "packages", packages);
      questions(client, "growing");
      client.ok("collections/flush", named("packages"));
      vectorsAreTheModels(client);
      upsertMovesARow(client);
      services(client, service);
      server.killNine();
      server.up();
      questions(client, "after a restart");
      assertThat(nearest(client, "packages", "zebra crossing", 1).get(0).get("name").asText())
          .isEqualTo("lolcat");
      secretsStaySecret(server);
    }
  }

  private static void create(
      RestClient client, String name, int dimension, Map<String, String> parameters)
      throws Exception {
    client.ok("collections/create", definition(name, "FloatVector", dimension, parameters));
  }

  private static ObjectNode definition(
      String name, String type, int dimension, Map<String, String> parameters) {
    ObjectNode body = named(name);
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    text(fields, "name");
    text(fields, "description");
    fields
        .addObject()
        .put("fieldName", "meaning")
        .put("dataType", type)
        .putObject("elementTypeParams")
        .put("dim", dimension);
    ObjectNode function =
        schema.putArray("functions").addObject().put("name", "embed").put("type", "TextEmbedding");
    function.putArray("inputFieldNames").add("description");
    function.putArray("outputFieldNames").add("meaning");
    ObjectNode given = function.putObject("params");
    parameters.forEach(given::put);
    body.putArray("indexParams")
        .addObject()
        .put("fieldName", "meaning")
        .put("indexType", "AUTOINDEX")
        .put("metricType", "COSINE");
    return body;
  }

  private static void text(ArrayNode fields, String name) {
    fields
        .addObject()
        .put("fieldName", name)
        .put("dataType", "VarChar")
        .putObject("elementTypeParams")
        .put("max_length", 2000);
  }

  private static Map<Long, String> packages() throws IOException {
    Map<Long, String> texts = new LinkedHashMap<>();
    TestPackageFilters.load()
        .forEach(
            (id, row) -> {
              if (SECTIONS.contains(row.get("section").asText())) {
                texts.put(id, row.get("name").asText() + ": " + row.get("summary").asText());
              }
            });
    return texts;
  }

  private static void insert(RestClient client, String collection, Map<Long, String> texts)
      throws Exception {
    ObjectNode body = rows(collection, texts);
    assertThat(client.ok("entities/insert", body).get("insertCount").asInt())
        .isEqualTo(texts.size());
  }

  private static ObjectNode rows(String collection, Map<Long, String> texts) {
    ObjectNode body = named(collection);
    ArrayNode data = body.putArray("data");
    texts.forEach(
        (id, text) ->
            data.addObject()
                .put("id", id)
                .put("name", text.substring(0, Math.max(0, text.indexOf(':'))))
                .put("description", text));
    return body;
  }

  private static JsonNode nearest(RestClient client, String collection, String text, int limit)
      throws Exception {
    ObjectNode body = search(collection, text).put("limit", limit);
    return client.ok("entities/search", body);
  }

  private static ObjectNode search(String collection, String... texts) {
    ObjectNode body = named(collection).put("consistencyLevel", "Strong");
    ArrayNode data = body.putArray("data");
    for (String text : texts) {
      data.add(text);
    }
    body.putArray("outputFields").add("name").add("description");
    return body;
  }

  private static void questions(RestClient client, String phase) throws Exception {
    List<String> questions = new ArrayList<>(QUESTIONS.keySet());
    ObjectNode body = search("packages", questions.toArray(String[]::new)).put("limit", 1);
    JsonNode hits = client.ok("entities/search", body);
    assertThat(hits).hasSize(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      assertThat(hits.get(i).get("name").asText())
          .as(phase + ": " + questions.get(i))
          .isEqualTo(QUESTIONS.get(questions.get(i)));
    }
  }

  /** The stored vectors can be read, have unit length, and find their own rows. */
  private static void vectorsAreTheModels(RestClient client) throws Exception {
    ObjectNode query = named("packages").put("filter", "name == \"gperiodic\"");
    query.putArray("outputFields").add("meaning");
    JsonNode row = client.ok("entities/query", query).get(0);
    double squares = 0;
    for (JsonNode element : row.get("meaning")) {
      squares += element.asDouble() * element.asDouble();
    }
    assertThat(row.get("meaning")).hasSize(DIMENSION);
    assertThat(squares).isBetween(0.9999, 1.0001);
    ObjectNode byVector = named("packages").put("limit", 1);
    byVector.putArray("data").add(row.get("meaning"));
    byVector.putArray("outputFields").add("name");
    assertThat(client.ok("entities/search", byVector).get(0).get("name").asText())
        .isEqualTo("gperiodic");
    JsonNode byText = nearest(client, "packages", "gperiodic: periodic table application", 1);
    assertThat(byText.get(0).get("distance").asDouble()).isBetween(0.999, 1.001);
    JsonNode described = client.ok("collections/describe", named("packages"));
    assertThat(described.at("/functions/0/type").asText()).isEqualTo("TextEmbedding");
    assertThat(described.at("/fields/3/isFunctionOutput").asBoolean()).isTrue();
  }

  private static void upsertMovesARow(RestClient client) throws Exception {
    JsonNode before = nearest(client, "packages", "zebra crossing", 1).get(0);
    assertThat(before.get("name").asText()).isNotEqualTo("lolcat");
    long id = nearest(client, "packages", "lolcat: colorful `cat`", 1).get(0).get("id").asLong();
    client.ok(
        "entities/upsert", rows("packages", Map.of(id, "lolcat: a crosswalk with white stripes")));
    assertThat(nearest(client, "packages", "zebra crossing", 1).get(0).get("id").asLong())
        .isEqualTo(id);
    // The question about it must find it again.
    client.ok(
        "entities/upsert",
        rows(
            "packages",
            Map.of(id, "lolcat: colorful `cat` in all colours of the rainbow, a zebra crossing")));
  }

  private static void services(RestClient client, EmbeddingService service) throws Exception {
    Map<Long, String> texts = Map.of(1L, "aaaa: a", 2L, "bbbb: b", 3L, "cccc: c");
    create(
        client,
        "tei",
        EmbeddingService.DIMENSION,
        Map.of("provider", "tei", "endpoint", service.url(""), "max_client_batch_size", "2"));
    insert(client, "tei", texts);
    assertThat(nearest(client, "tei", "bbb", 1).get(0).get("id").asInt()).isEqualTo(2);
    create(
        client,
        "openai",
        EmbeddingService.DIMENSION,
        Map.of("provider", "openai", "model_name", "small"));
    insert(client, "openai", texts);
    assertThat(nearest(client, "openai", "ccc", 1).get(0).get("id").asInt()).isEqualTo(3);
    assertThat(service.keys()).contains("Bearer s3cr3t-key");

    service.fail(true);
    JsonNode refused = client.call("entities/insert", rows("tei", Map.of(9L, "dddd: d")));
    assertThat(refused.get("code").asInt()).isNotZero();
    assertThat(refused.get("message").asText())
        .contains("function [embed] failed", "Call service failed, errs:[400, refused]");
    service.fail(false);
    assertThat(client.count("tei", "Strong")).isEqualTo(3);
  }

  private static void refusals(RestClient client, EmbeddingService service) throws Exception {
    assertRefused(
        client.call("collections/create", definition("bad", "FloatVector", 100, Map.of())),
        "check function [embed:TextEmbedding] failed, the err is: the dim set in the schema is"
            + " inconsistent with the dim of the model, dim in schema is 100, dim of model is 384");
    assertRefused(
        client.call(
            "collections/create",
            definition("bad", "FloatVector", DIMENSION, Map.of("model_name", "gpt"))),
        "unknown embedding model: model_name=gpt");
    assertRefused(
        client.call(
            "collections/create",
            definition("bad", "FloatVector", DIMENSION, Map.of("provider", "nobody"))),
        "unsupported text embedding service provider: [nobody]");
    assertRefused(
        client.call("collections/create", definition("bad", "Float16Vector", DIMENSION, Map.of())),
        "TextEmbedding function output field must be a FloatVector or Int8Vector field");
    assertRefused(
        client.call(
            "collections/create",
            definition(
                "bad",
                "FloatVector",
                EmbeddingService.DIMENSION + 1,
                Map.of("provider", "tei", "endpoint", service.url("")))),
        "the required embedding dim is [5], but the embedding obtained from the model is [4]");
    assertThat(client.ok("collections/list", RestClient.object())).isEmpty();

    create(client, "refusals", DIMENSION, Map.of("model_name", "all-MiniLM-L6-v2"));
    assertRefused(
        client.call("entities/insert", rows("refusals", Map.of(1L, ""))),
        "there is an empty string in the input data, TextEmbedding function does not support"
            + " empty text");
    assertRefused(
        client.call("entities/search", search("refusals", "")),
        "there is an empty string in the queries");
    ObjectNode withVector = rows("refusals", Map.of(1L, "x: x"));
    ArrayNode vector = ((ObjectNode) withVector.get("data").get(0)).putArray("meaning");
    for (int i = 0; i < DIMENSION; i++) {
      vector.add(1);
    }
    assertThat(client.call("entities/insert", withVector).get("code").asInt()).isNotZero();
    client.ok("collections/drop", named("refusals"));
  }

  private static void assertRefused(JsonNode answer, String message) {
    assertThat(answer.get("code").asInt()).as(answer.toString()).isNotZero();
    assertThat(answer.get("message").asText()).contains(message);
  }

  /** The log tells of models, but of no key. */
  private static void secretsStaySecret(Server server) throws IOException {
    String log = Files.readString(server.data().resolve("logs/server.0.log"));
    assertThat(log).contains("embedding model loaded").doesNotContain("s3cr3t-key");
  }

  private static ObjectNode named(String collection) {
    return RestClient.object().put("collectionName", collection);
  }
}
