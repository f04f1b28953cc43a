package dev.sagitta.proxy.rank.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.embedding.ModelCredentials;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.embedding.http.ProviderServices;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with each provider: what is sent, what comes back, who gets a key, what is refused. */
final class TestRerankModels {
  private static final String QUERY = "what is sought";
  private static final List<String> TEXTS = List.of("one", "", "three words here", "äöü", "five");

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private RerankServer server;
  private ModelHttpClient client;
  private RerankModels models;

  @BeforeEach
  void start() throws IOException {
    server = new RerankServer();
    client = new ModelHttpClient(Duration.ofSeconds(20));
    Path credentials = folder.resolve("credentials.properties");
    Files.writeString(credentials, "team.apikey=the-key\nother.apikey=another-key\n");
    models =
        new RerankModels(
            client,
            new ProviderServices(
                new Configuration(name -> Optional.ofNullable(settings.get(name))),
                new ModelCredentials(
                    Optional.of(credentials), name -> Optional.ofNullable(environment.get(name)))));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void configure(String provider, String path) {
    ModelServiceKeys.Provider keys = ModelServiceKeys.rerankProvider(provider);
    settings.put(keys.url().name(), server.url(path));
    settings.put(keys.credential().name(), "team");
  }

  private static Map<String, String> parameters(String... namesAndValues) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  /** Ranks in batches of two. */
  private void assertRanks(Map<String, String> parameters) {
    Map<String, String> inBatches = new HashMap<>(parameters);
    inBatches.put("max_client_batch_size", "2");
    server.requests().clear();
    float[] scores =
        models.create(inBatches).scores(QUERY, TEXTS, Deadline.after(Duration.ofSeconds(20)));
    assertThat(scores).as(parameters.toString()).hasSize(TEXTS.size());
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).as(TEXTS.get(i)).isEqualTo(RerankServer.score(QUERY, TEXTS.get(i)));
    }
    assertThat(server.requests()).hasSize(3);
  }

  private void assertSent(String path, String key, String textsKey, Map<String, Object> constants) {
    List<String> texts = new ArrayList<>();
    for (RerankServer.Request request : server.requests()) {
      assertThat(request.path()).isEqualTo(path);
      assertThat(request.authorization())
          .isEqualTo(Optional.of(key).filter(text -> !text.isEmpty()).map("Bearer "::concat));
      JsonNode body = request.body();
      assertThat(body.size()).as(body.toString()).isEqualTo(2 + constants.size());
      assertThat(body.get("query").asText()).isEqualTo(QUERY);
      body.get(textsKey).forEach(text -> texts.add(text.asText()));
      constants.forEach(
          (name, value) ->
              assertThat(body.path(name).toString())
                  .as(name)
                  .isEqualTo(value instanceof String ? "\"" + value + "\"" : value.toString()));
    }
    assertThat(texts).isEqualTo(TEXTS);
  }

  private void assertRefused(Map<String, String> parameters, String... messages) {
    assertThatThrownBy(() -> models.create(parameters))
        .isInstanceOf(SagittaException.class)
        .hasMessageContainingAll(messages)
        .hasMessageNotContainingAny("the-key", "another-key");
  }

  @Test
  void cohere() {
    configure("cohere", "/v9/cohere");
    assertRanks(parameters("provider", "Cohere", "model_name", "m", "max_tokens_per_doc", "77"));
    assertSent(
        "/v9/cohere", "the-key", "documents", Map.of("model", "m", "max_tokens_per_doc", 77));
  }

  @Test
  void voyageAi() {
    configure("voyageai", "/v9/voyageai");
    assertRanks(parameters("provider", "voyageai", "model_name", "m", "truncation", "false"));
    assertSent("/v9/voyageai", "the-key", "documents", Map.of("model", "m", "truncation", false));
  }

  @Test
  void siliconFlow() {
    configure("siliconflow", "/v9/siliconflow");
    assertRanks(
        parameters(
            "provider",
            "siliconflow",
            "model_name",
            "m",
            "max_chunks_per_doc",
            "9",
            "overlap_tokens",
            "8"));
    assertSent(
        "/v9/siliconflow",
        "the-key",
        "documents",
        Map.of("model", "m", "max_chunks_per_doc", 9, "overlap_tokens", 8));
  }

  @Test
  void servicesWithoutUsualPlace() {
    configure("tei", "");
    configure("vllm", "/v9/vllm");
    assertRanks(parameters("provider", "tei", "truncate", "true"));
    assertSent("/rerank", "the-key", "texts", Map.of("truncate", true));
    assertRanks(parameters("provider", "vllm", "model", "m", "credential", "other"));
    assertSent("/v9/vllm", "another-key", "documents", Map.of("model", "m"));
    // The operator's service by its name.
    assertRanks(parameters("provider", "vllm", "endpoint", server.url("/v9/vllm")));
    assertSent("/v9/vllm", "the-key", "documents", Map.of());
  }

  @Test
  void serviceThatARequestNamesGetsNoKey() {
    environment.put("MILVUS_TEI_API_KEY", "the-key");
    assertRanks(parameters("provider", "tei", "endpoint", server.url("")));
    assertSent("/rerank", "", "texts", Map.of());
    configure("tei", "/v9/elsewhere");
    assertRanks(parameters("provider", "tei", "endpoint", server.url("")));
    assertSent("/rerank", "", "texts", Map.of());
    assertRefused(
        parameters("provider", "tei", "endpoint", server.url(""), "credential", "team"),
        "a credential is sent to a configured endpoint only",
        "sagitta.function.rerank.model.providers.tei.url");
    assertRefused(parameters("provider", "vllm"), "Rerank function lost params endpoint");
    assertRefused(
        parameters("provider", "vllm", "endpoint", "ftp://host"), "[ftp://host]", "http/https");
  }

  @Test
  void keys() {
    settings.put(ModelServiceKeys.rerankProvider("cohere").url().name(), server.url("/cohere"));
    Map<String, String> cohere = parameters("provider", "cohere", "model_name", "m");
    assertRanks(cohere);
    assertSent("/cohere", "", "documents", Map.of("model", "m"));
    environment.put("MILVUS_COHERE_API_KEY", "of-environment");
    assertRanks(cohere);
    assertSent("/cohere", "of-environment", "documents", Map.of("model", "m"));
    settings.put(ModelServiceKeys.rerankProvider("cohere").credential().name(), "team");
    assertRanks(cohere);
    assertSent("/cohere", "the-key", "documents", Map.of("model", "m"));
    cohere.put("credential", "other");
    assertRanks(cohere);
    assertSent("/cohere", "another-key", "documents", Map.of("model", "m"));
    cohere.put("credential", "nobody");
    assertRefused(cohere, "nobody.apikey");
    assertRefused(
        parameters("provider", "voyageai", "model_name", "m"),
        "missing credentials config",
        "MILVUS_VOYAGEAI_API_KEY");
  }

  @Test
  void refusesWhatDoesNotFit() {
    for (String provider : List.of("cohere", "voyageai", "siliconflow", "tei", "vllm")) {
      configure(provider, "/" + provider);
      settings.put(ModelServiceKeys.rerankProvider(provider).enable().name(), "false");
      assertRefused(
          parameters("provider", provider, "model_name", "m"),
          "rerank provider: [" + provider + "] is disabled");
      settings.put(ModelServiceKeys.rerankProvider(provider).enable().name(), "true");
      assertRefused(
          parameters("provider", provider, "model_name", "m", "max_client_batch_size", "none"),
          "max_client_batch_size",
          "none");
    }
    assertRefused(parameters("provider", "cohere"), "model_name");
    assertRefused(parameters("provider", "else"), "[else]", "[tei, vllm, cohere, voyageai");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void answersThatAreNoRanking() {
    configure("cohere", "/cohere");
    RerankModel model = models.create(parameters("provider", "cohere", "model_name", "m"));
    for (String answer :
        List.of(
            "no JSON",
            "[]",
            "{\"results\": [{\"index\": 0, \"relevance_score\": 1}]}",
            "{\"results\": [{\"index\": 0, \"relevance_score\": 1},"
                + " {\"index\": 0, \"relevance_score\": 1}]}",
            "{\"results\": [{\"index\": 0, \"relevance_score\": 1},"
                + " {\"index\": 2, \"relevance_score\": 1}]}",
            "{\"results\": [{\"index\": 0, \"relevance_score\": 1}, {\"index\": 1}]}")) {
      server.plan(answer);
      assertThatThrownBy(
              () -> model.scores(QUERY, List.of("a", "b"), Deadline.after(Duration.ofSeconds(20))))
          .as(answer)
          .isInstanceOf(SagittaException.class)
          .hasMessageContaining("rerank service answered something else");
    }
  }
}
