package dev.sagitta.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.embedding.http.ModelServer;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FunctionContext;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions with each provider of HTTP services: what is sent, what comes back, what is refused.
 */
final class TestTextEmbeddingFunction {
  private static final int DIMENSION = 6;
  private static final String PROVIDERS = "sagitta.function.text-embedding.providers.";

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private ModelServer server;
  private TextEmbedders embedders;

  @BeforeEach
  void start() throws IOException {
    server = new ModelServer(DIMENSION);
    Path credentials = folder.resolve("credentials.properties");
    Files.writeString(credentials, "team.apikey=the-key\nother.apikey = another \n");
    settings.put("sagitta.credential.file", credentials.toString());
    for (String provider : List.of("openai", "voyageai", "cohere", "siliconflow")) {
      settings.put(PROVIDERS + provider + ".url", server.url("/v9/" + provider));
      settings.put(PROVIDERS + provider + ".credential", "team");
    }
    settings.put(PROVIDERS + "azure_openai.url", server.url(""));
    settings.put(PROVIDERS + "azure_openai.credential", "team");
    embedders =
        TextEmbedders.create(new Configuration(name -> Optional.ofNullable(settings.get(name))));
  }

  @AfterEach
  void stop() {
    embedders.close();
    server.close();
  }

  private static FunctionContext context(DataType output, Map<String, String> parameters) {
    CollectionSchema schema =
        new CollectionSchema(
            "c",
            "",
            List.of(
                FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
                FieldSchema.of(101, "text", DataType.VARCHAR)
                    .withParameters(Map.of("max_length", "1000")),
                FieldSchema.of(102, "vector", output)
                    .withParameters(Map.of("dim", "" + DIMENSION))),
            false,
            List.of(
                new FunctionSchema(
                    100,
                    "f",
                    "",
                    FunctionType.TEXT_EMBEDDING,
                    List.of("text"),
                    List.of("vector"),
                    parameters)));
    return new FunctionContext(schema, schema.functions().getFirst());
  }

  private static FunctionContext context(String... parameters) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return context(DataType.FLOAT_VECTOR, map);
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20));
  }

  private DenseVectorColumn insert(FunctionContext context, List<String> texts) {
    ColumnBuilder column = ColumnBuilder.forField(context.input(), texts.size());
    texts.forEach(column::appendString);
    ColumnBatch rows = new ColumnBatch(texts.size(), Map.of(101L, column.build()));
    return (DenseVectorColumn)
        new TextEmbeddingFunction(embedders).outputs(context, rows, texts.size(), soon());
  }

  private DenseVectorColumn search(FunctionContext context, String... texts) {
    return (DenseVectorColumn)
        new TextEmbeddingFunction(embedders).queries(context, List.of(texts), Map.of(), soon());
  }

  private void check(FunctionContext context) {
    new TextEmbeddingFunction(embedders).check(context, soon());
  }

  private static void assertVector(DenseVectorColumn column, int row, String text) {
    float[] vector = new float[DIMENSION];
    column.copyVector(row, vector, 0);
    assertThat(vector).as(text).containsExactly(ModelServer.vector(text, DIMENSION));
  }

  private void assertRefused(FunctionContext context, String... messages) {
    assertThatThrownBy(() -> check(context))
        .isInstanceOf(SagittaException.class)
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("the-key");
  }

  @Test
  void openAi() {
    FunctionContext context =
        context("provider", "OpenAI", "Model_Name", "m", "dim", "6", "user", "u");
    DenseVectorColumn vectors = insert(context, List.of("one", "two", "three"));
    assertVector(vectors, 0, "one");
    assertVector(vectors, 2, "three");
    ModelServer.Request request = server.requests().getFirst();
    assertThat(request.path()).isEqualTo("/v9/openai");
    assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer the-key");
    JsonNode body = request.body();
    assertThat(body.get("model").asText()).isEqualTo("m");
    assertThat(body.get("user").asText()).isEqualTo("u");
    assertThat(body.get("dimensions").asInt()).isEqualTo(6);
    assertThat(body.get("encoding_format").asText()).isEqualTo("float");
    assertVector(search(context, "query"), 0, "query");
  }

  @Test
  void azure() {
    check(context("provider", "azure_openai", "model_name", "my model/1"));
    ModelServer.Request request = server.requests().getFirst();
    assertThat(request.path())
        .isEqualTo("/openai/deployments/my%20model%2F1/embeddings?api-version=2024-06-01");
    assertThat(request.headers().getFirst("api-key")).isEqualTo("the-key");
  }

  @Test
  void voyageAiAndSiliconFlow() {
    FunctionContext voyage =
        context("provider", "voyageai", "model_name", "m", "credential", "other");
    assertVector(insert(voyage, List.of("a", "b")), 1, "b");
    assertVector(search(voyage, "q"), 0, "q");
    assertThat(server.requests().getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer another");
    assertThat(server.requests().getFirst().body().get("input_type").asText())
        .isEqualTo("document");
    assertThat(server.requests().get(1).body().get("input_type").asText()).isEqualTo("query");
    FunctionContext siliconFlow = context("provider", "siliconflow", "model_name", "m");
    assertVector(insert(siliconFlow, Collections.nCopies(40, "b")), 39, "b");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void cohere() {
    FunctionContext context = context("provider", "cohere", "model_name", "m", "truncate", "END");
    assertVector(insert(context, List.of("a", "b")), 1, "b");
    JsonNode body = server.requests().getFirst().body();
    assertThat(body.get("input_type").asText()).isEqualTo("search_document");
    assertThat(body.get("truncate").asText()).isEqualTo("END");
    server.plan(200, "{\"embeddings\": {\"int8\": [[1, -2, 3, -128, 127, 0]]}}");
    FunctionContext eightBits =
        context(DataType.INT8_VECTOR, Map.of("provider", "cohere", "model_name", "m"));
    float[] vector = new float[DIMENSION];
    insert(eightBits, List.of("a")).copyVector(0, vector, 0);
    assertThat(vector).containsExactly(1, -2, 3, -128, 127, 0);
  }

  @Test
  void teiInBatchesWithPrompts() {
    FunctionContext context =
        context(
            "provider",
            "tei",
            "endpoint",
            server.url(""),
            "ingestion_prompt",
            "doc: ",
            "search_prompt",
            "query: ",
            "truncate",
            "true",
            "truncation_direction",
            "Left",
            "max_client_batch_size",
            "2");
    DenseVectorColumn vectors = insert(context, List.of("a", "b", "c", "d", "e"));
    for (int row = 0; row < 5; row++) {
      assertVector(vectors, row, "doc: " + "abcde".charAt(row));
    }
    assertThat(server.requests()).hasSize(3).allMatch(request -> request.path().equals("/embed"));
    assertVector(search(context, "x"), 0, "query: x");
    assertThat(server.requests().getLast().body().get("truncate").asBoolean()).isTrue();
    assertThat(server.requests().getLast().body().get("truncation_direction").asText())
        .isEqualTo("Left");
  }

  @Test
  void keysGoToTheOperatorsServicesOnly() throws IOException {
    settings.put(PROVIDERS + "tei.url", server.url(""));
    settings.put(PROVIDERS + "tei.credential", "team");
    check(context("provider", "tei"));
    check(context("provider", "tei", "endpoint", server.url("")));
    assertThat(server.requests())
        .hasSize(2)
        .allMatch(request -> "Bearer the-key".equals(request.headers().getFirst("Authorization")));
    try (ModelServer foreign = new ModelServer(DIMENSION)) {
      check(context("provider", "tei", "endpoint", foreign.url("")));
      assertThat(foreign.requests().getFirst().headers().containsKey("Authorization")).isFalse();
      assertRefused(
          context("provider", "tei", "endpoint", foreign.url(""), "credential", "team"),
          "configured endpoint only");
    }
  }

  @Test
  void wrongAnswersAreRefused() {
    FunctionContext context = context("provider", "openai", "model_name", "m");
    server.plan(200, "{\"data\": [{\"index\": 0, \"embedding\": [1, 2, 3, 4, 5]}]}");
    assertRefused(
        context,
        "check function [f:TextEmbedding] failed, the err is:",
        "the required embedding dim is [6], but the embedding obtained from the model is [5]");
    server.plan(200, "{\"data\": []}");
    assertRefused(
        context, "the number of texts and embeddings does not match text:[1], embedding:[0]");
    server.plan(200, "{\"data\": [{\"index\": 7, \"embedding\": [1, 2, 3, 4, 5, 6]}]}");
    assertRefused(context, "does not match text:[1], embedding:[1]");
    server.plan(200, "{\"data\": [{\"index\": 0, \"embedding\": [1, 2, 3, 4, 5, 1e99]}]}");
    assertRefused(context, "unmarshal response failed");
    server.plan(200, "not json");
    assertRefused(context, "unmarshal response failed");
    server.plan(400, "{\"error\": \"no such model\"}");
    assertRefused(context, "Call service failed, errs:[400, {\"error\": \"no such model\"}]");
  }

  @Test
  void wrongParametersAreRefused() {
    assertRefused(
        context("provider", "nobody"),
        "unsupported text embedding service provider: [nobody] , list of supported [local, openai");
    assertRefused(
        context("provider", "openai", "model_name", "m", "dim", "7"),
        "Function output field:[vector]'s dimension [6] does not match the dimension [7]"
            + " provided in Function params.");
    assertRefused(
        context("provider", "openai", "model_name", "m", "dim", "many"),
        "dimension [many] provided in Function params is not a valid int");
    assertRefused(
        context("provider", "openai", "model_name", "m", "credential", "nobody"),
        "can not find key: nobody.apikey");
    assertRefused(context("provider", "openai"), "model name is required");
    assertRefused(
        context("provider", "tei", "endpoint", "ftp://x"),
        "endpoint: [ftp://x] is not a valid http/https link");
    assertRefused(context("provider", "tei"), "is not a valid http/https link");
    assertRefused(
        context("provider", "tei", "endpoint", "http://x", "max_client_batch_size", "-1"),
        "[max_client_batch_size param's value: -1] must be greater than 0");
    assertRefused(
        context("provider", "tei", "endpoint", "http://x", "truncate", "maybe"),
        "[truncate param's value: maybe] is invalid, only supports: [true/false]");
    assertRefused(
        context(DataType.INT8_VECTOR, Map.of("provider", "openai", "model_name", "m")),
        "model output is FloatVector, field type is Int8Vector");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void disabledProvidersAreRefused() {
    settings.put(PROVIDERS + "tei.enable", "false");
    settings.put("sagitta.function.text-embedding.local.enable", "false");
    assertRefused(
        context("provider", "tei", "endpoint", "http://x"),
        "text embedding model provider [tei] is disabled");
    assertRefused(context(), "text embedding model provider [local] is disabled");
  }

  @Test
  void withoutAFolderThereAreNoLocalModels() {
    assertRefused(context(), "not installed", "sagitta.function.text-embedding.local.directory");
  }

  @Test
  void textsAreBoundedAndNotEmpty() {
    FunctionContext context =
        context("provider", "tei", "endpoint", server.url(""), "max_client_batch_size", "2");
    assertThatThrownBy(() -> insert(context, Collections.nCopies(11, "x")))
        .hasMessageContaining("numRows [11] > function [f]'s max batch [10]");
    assertThatThrownBy(() -> search(context, Collections.nCopies(11, "x").toArray(String[]::new)))
        .hasMessageContaining("nq [11] > function [f]'s max batch [10]");
    assertThatThrownBy(() -> insert(context, List.of("a", "")))
        .hasMessageContaining("there is an empty string in the input data")
        .hasMessageContaining("row=1");
    assertThatThrownBy(() -> search(context, "a", ""))
        .hasMessageContaining("there is an empty string in the queries");
    assertThat(server.requests()).isEmpty();
  }
}
