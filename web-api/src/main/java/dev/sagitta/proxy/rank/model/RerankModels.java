package dev.sagitta.proxy.rank.model;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.ModelCredentials;
import dev.sagitta.embedding.http.ModelEndpoint;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes models of a function's {@code provider}. A key is only ever sent to the provider's own
 * service; an endpoint that a request names gets none.
 */
public final class RerankModels {
  private static final int BATCH_SIZE_OF_OWN = 32;
  private static final int BATCH_SIZE_OF_OTHERS = 128;
  private static final int LARGEST_BATCH = 4096;

  private final ModelHttpClient client;
  private final ModelCredentials credentials;

  public RerankModels(ModelHttpClient client, ModelCredentials credentials) {
    this.client = requireNonNull(client, "client is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
  }

  /** The models of a process, with its keys. */
  public static RerankModels create(ModelHttpClient client, Configuration configuration) {
    return new RerankModels(
        client,
        new ModelCredentials(
            configuration.get(ModelServiceKeys.CREDENTIAL_FILE).map(Path::of),
            variable -> Optional.ofNullable(System.getenv(variable))));
  }

  /**
   * The model of a function's parameters; nothing is called yet.
   *
   * @throws SagittaException 1100 for parameters that do not fit
   */
  public RerankModel create(Map<String, String> parameters) {
    String provider = parameters.getOrDefault("provider", "").toLowerCase(Locale.ROOT);
    return switch (provider) {
      case "tei" ->
          own(
              parameters,
              "/rerank",
              RerankFormat.tei(
                  constants(parameters, "truncate", "truncation_direction", "raw_scores")));
      case "vllm" ->
          own(
              parameters,
              "/v1/rerank",
              RerankFormat.cohere(constants(parameters, "model", "truncate_prompt_tokens")));
      case "cohere" ->
          hosted(
              parameters,
              "cohere",
              "https://api.cohere.com/v2/rerank",
              RerankFormat.cohere(withModel(parameters, "max_tokens_per_doc")));
      case "siliconflow" ->
          hosted(
              parameters,
              "siliconflow",
              "https://api.siliconflow.cn/v1/rerank",
              RerankFormat.cohere(withModel(parameters, "max_chunks_per_doc", "overlap_tokens")));
      case "voyageai" ->
          hosted(
              parameters,
              "voyageai",
              "https://api.voyageai.com/v1/rerank",
              RerankFormat.voyage(withModel(parameters, "truncation")));
      default ->
          throw SagittaException.invalidParameter(
              "unsupported rerank model provider: ["
                  + provider
                  + "] , list of supported [tei, vllm, cohere, voyageai, siliconflow]");
    };
  }

  /** A service that the request names. */
  private RerankModel own(Map<String, String> parameters, String path, RerankFormat format) {
    String endpoint = parameters.getOrDefault("endpoint", "");
    if (endpoint.isEmpty()) {
      throw SagittaException.invalidParameter("Rerank function lost params endpoint");
    }
    if (parameters.containsKey("credential")) {
      throw SagittaException.invalidParameter(
          "a credential is not sent to an endpoint that a request names: endpoint=" + endpoint);
    }
    URI base = ModelEndpoint.uri(endpoint);
    URI uri = base.getPath().isEmpty() || base.getPath().equals("/") ? base.resolve(path) : base;
    return new HttpRerankModel(
        client, new ModelEndpoint(uri, Map.of()), format, batchSize(parameters, BATCH_SIZE_OF_OWN));
  }

  /** The provider's own service, which wants a key. */
  private RerankModel hosted(
      Map<String, String> parameters, String provider, String url, RerankFormat format) {
    String variable = "MILVUS_" + provider.toUpperCase(Locale.ROOT) + "_API_KEY";
    String key =
        Optional.ofNullable(parameters.get("credential"))
            .map(credentials::named)
            .or(() -> credentials.fromEnvironment(variable))
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "missing credentials config or configure the "
                            + variable
                            + " environment variable in the Milvus service"));
    return new HttpRerankModel(
        client,
        new ModelEndpoint(URI.create(url), Map.of("Authorization", "Bearer " + key)),
        format,
        batchSize(parameters, BATCH_SIZE_OF_OTHERS));
  }

  private static Map<String, Object> withModel(Map<String, String> parameters, String... names) {
    String model = parameters.getOrDefault("model_name", "");
    if (model.isEmpty()) {
      throw SagittaException.invalidParameter("Rerank function lost params model_name");
    }
    Map<String, Object> constants = constants(parameters, names);
    constants.put("model", model);
    return constants;
  }

  /** The given ones of the named parameters: numbers, truth values and texts. */
  private static Map<String, Object> constants(Map<String, String> parameters, String... names) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (String name : names) {
      String text = parameters.get(name);
      if (text != null && !text.isEmpty()) {
        constants.put(name, typed(text));
      }
    }
    return constants;
  }

  private static Object typed(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static int batchSize(Map<String, String> parameters, int usual) {
    String text = parameters.getOrDefault("max_client_batch_size", "");
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= LARGEST_BATCH) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw badBatchSize(text);
    }
    throw badBatchSize(text);
  }

  private static SagittaException badBatchSize(String text) {
    return SagittaException.invalidParameter(
        "[max_client_batch_size param's value: "
            + text
            + "] must be a number from 1 to "
            + LARGEST_BATCH);
  }
}
