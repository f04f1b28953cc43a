package dev.sagitta.proxy.rank.model;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.http.ModelEndpoint;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.embedding.http.ProviderServices;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes models of a function's {@code provider}. */
public final class RerankModels {
  /** Names of the providers, as a function's {@code provider} says. */
  private static final List<String> NAMES =
      List.of("tei", "vllm", "cohere", "voyageai", "siliconflow");

  private static final int BATCH_SIZE_OF_SELF_HOSTED = 32;
  private static final int BATCH_SIZE_OF_HOSTED = 128;
  private static final int LARGEST_BATCH = 4096;

  private final ModelHttpClient client;
  private final ProviderServices services;

  public RerankModels(ModelHttpClient client, ProviderServices services) {
    this.client = requireNonNull(client, "client is null");
    this.services = requireNonNull(services, "services is null");
  }

  /** The models of a process, with its keys. */
  public static RerankModels create(ModelHttpClient client, Configuration configuration) {
    return new RerankModels(client, ProviderServices.of(configuration));
  }

  /**
   * The model of a function's parameters; nothing is called yet.
   *
   * @throws SagittaException 1100 for parameters that do not fit
   */
  public RerankModel create(Map<String, String> parameters) {
    String provider = parameters.getOrDefault("provider", "").toLowerCase(Locale.ROOT);
    if (!NAMES.contains(provider)) {
      throw SagittaException.invalidParameter(
          "unsupported rerank model provider: ["
              + provider
              + "] , list of supported ["
              + String.join(", ", NAMES)
              + "]");
    }
    if (!services.isEnabled(ModelServiceKeys.rerankProvider(provider))) {
      throw SagittaException.invalidParameter("rerank provider: [" + provider + "] is disabled");
    }
    return switch (provider) {
      case "tei" ->
          selfHosted(
              parameters,
              "tei",
              "/rerank",
              RerankFormat.tei(
                  constants(parameters, "truncate", "truncation_direction", "raw_scores")));
      case "vllm" ->
          selfHosted(
              parameters,
              "vllm",
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
      default -> throw new IllegalArgumentException("unknown provider: name=" + provider);
    };
  }

  /** A service that the request or the operator names. */
  private RerankModel selfHosted(
      Map<String, String> parameters, String provider, String path, RerankFormat format) {
    ModelServiceKeys.Provider settings = ModelServiceKeys.rerankProvider(provider);
    Optional<String> endpoint = text(parameters, "endpoint");
    if (endpoint.isEmpty() && services.configuredUrl(settings).isEmpty()) {
      throw SagittaException.invalidParameter("Rerank function lost params endpoint");
    }
    ModelEndpoint service =
        services.selfHosted(settings, variable(provider), endpoint, text(parameters, "credential"));
    URI base = service.uri();
    URI uri = base.getPath().isEmpty() || base.getPath().equals("/") ? base.resolve(path) : base;
    return new HttpRerankModel(
        client,
        new ModelEndpoint(uri, service.headers()),
        format,
        batchSize(parameters, BATCH_SIZE_OF_SELF_HOSTED));
  }

  /** The provider's own service, which wants a key. */
  private RerankModel hosted(
      Map<String, String> parameters, String provider, String url, RerankFormat format) {
    return new HttpRerankModel(
        client,
        services.hosted(
            ModelServiceKeys.rerankProvider(provider),
            url,
            variable(provider),
            text(parameters, "credential")),
        format,
        batchSize(parameters, BATCH_SIZE_OF_HOSTED));
  }

  private static String variable(String provider) {
    return "MILVUS_" + provider.toUpperCase(Locale.ROOT) + "_API_KEY";
  }

  private static Optional<String> text(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
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
