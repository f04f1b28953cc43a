package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.FunctionParameters;
import dev.sagitta.embedding.ModelCredentials;
import dev.sagitta.embedding.TextEmbedder;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The providers of text embeddings over HTTP. A key is only ever sent to a service that the
 * operator has named or that is the provider's own: what a collection's creator names gets none.
 */
public final class HttpProviders {
  /** Names of the providers, as a function's {@code provider} says. */
  public static final List<String> NAMES =
      List.of("openai", "azure_openai", "voyageai", "cohere", "siliconflow", "tei");

  private static final String AZURE_VERSION = "2024-06-01";
  private static final int LARGEST_BATCH = 4096;

  private final ModelHttpClient client;
  private final Configuration configuration;
  private final ModelCredentials credentials;

  public HttpProviders(
      ModelHttpClient client, Configuration configuration, ModelCredentials credentials) {
    this.client = requireNonNull(client, "client is null");
    this.configuration = requireNonNull(configuration, "configuration is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
  }

  /**
   * The embedder of a function; nothing is called yet.
   *
   * @param provider one of {@link #NAMES}
   * @throws SagittaException 1100 for parameters that do not fit
   */
  public TextEmbedder create(String provider, FunctionParameters parameters) {
    DataType elements = parameters.context().output().type();
    boolean eightBits = provider.equals("voyageai") || provider.equals("cohere");
    if (elements == DataType.INT8_VECTOR && !eightBits) {
      throw SagittaException.invalidParameter(
          "embedding model output and field type mismatch, model output is FloatVector,"
              + " field type is Int8Vector");
    }
    return switch (provider) {
      case "openai" -> openAi(parameters);
      case "azure_openai" -> azureOpenAi(parameters);
      case "siliconflow" -> siliconFlow(parameters);
      case "voyageai" -> voyageAi(parameters);
      case "cohere" -> cohere(parameters);
      case "tei" -> tei(parameters);
      default -> throw new IllegalArgumentException("unknown provider: name=" + provider);
    };
  }

  private TextEmbedder openAi(FunctionParameters parameters) {
    OptionalInt dimension = parameters.dimension();
    Optional<String> user = parameters.text("user");
    WireFormat format =
        new OpenAiFormat(
            model("openai", parameters),
            (out, mode) -> {
              if (user.isPresent()) {
                out.writeStringField("user", user.get());
              }
              out.writeStringField("encoding_format", "float");
              if (dimension.isPresent()) {
                out.writeNumberField("dimensions", dimension.getAsInt());
              }
            });
    ModelEndpoint endpoint =
        endpoint(
            "openai", "https://api.openai.com/v1/embeddings", "MILVUS_OPENAI_API_KEY", parameters);
    return embedder(parameters, endpoint, format, 128);
  }

  private TextEmbedder azureOpenAi(FunctionParameters parameters) {
    OptionalInt dimension = parameters.dimension();
    Optional<String> user = parameters.text("user");
    String model = model("azure_openai", parameters);
    WireFormat format =
        new OpenAiFormat(
            model,
            (out, mode) -> {
              if (user.isPresent()) {
                out.writeStringField("user", user.get());
              }
              out.writeStringField("encoding_format", "float");
              if (dimension.isPresent()) {
                out.writeNumberField("dimensions", dimension.getAsInt());
              }
            });
    String base =
        configuredUrl("azure_openai")
            .or(
                () ->
                    credentials
                        .fromEnvironment("MILVUS_AZURE_OPENAI_RESOURCE_NAME")
                        .map(name -> "https://" + name + ".openai.azure.com"))
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "must configure the MILVUS_AZURE_OPENAI_RESOURCE_NAME environment variable"
                            + " in the Milvus service"));
    String key =
        key("azure_openai", "MILVUS_AZURE_OPENAI_API_KEY", parameters)
            .orElseThrow(() -> missingKey("MILVUS_AZURE_OPENAI_API_KEY"));
    URI uri =
        ModelEndpoint.uri(base)
            .resolve(
                "/openai/deployments/"
                    + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20")
                    + "/embeddings?api-version="
                    + AZURE_VERSION);
    return embedder(parameters, new ModelEndpoint(uri, Map.of("api-key", key)), format, 128);
  }

  private TextEmbedder siliconFlow(FunctionParameters parameters) {
    OptionalInt dimension = parameters.dimension();
    WireFormat format =
        new OpenAiFormat(
            model("siliconflow", parameters),
            (out, mode) -> {
              out.writeStringField("encoding_format", "float");
              if (dimension.isPresent()) {
                out.writeNumberField("dimensions", dimension.getAsInt());
              }
            });
    ModelEndpoint endpoint =
        endpoint(
            "siliconflow",
            "https://api.siliconflow.cn/v1/embeddings",
            "MILVUS_SILICONFLOW_API_KEY",
            parameters);
    return embedder(parameters, endpoint, format, 32);
  }

  private TextEmbedder voyageAi(FunctionParameters parameters) {
    OptionalInt dimension = parameters.dimension();
    boolean truncation = parameters.flag("truncation", true);
    String elementType = elementType(parameters);
    WireFormat format =
        new OpenAiFormat(
            model("voyageai", parameters),
            (out, mode) -> {
              out.writeStringField(
                  "input_type",
                  switch (mode) {
                    case INSERT -> "document";
                    case SEARCH -> "query";
                  });
              out.writeBooleanField("truncation", truncation);
              out.writeStringField("output_dtype", elementType);
              if (dimension.isPresent()) {
                out.writeNumberField("output_dimension", dimension.getAsInt());
              }
            });
    ModelEndpoint endpoint =
        endpoint(
            "voyageai",
            "https://api.voyageai.com/v1/embeddings",
            "MILVUS_VOYAGEAI_API_KEY",
            parameters);
    return embedder(parameters, endpoint, format, 128);
  }

  private TextEmbedder cohere(FunctionParameters parameters) {
    WireFormat format =
        new CohereFormat(
            model("cohere", parameters),
            elementType(parameters),
            parameters.choice("truncate", "NONE", "START", "END"),
            parameters.dimension());
    ModelEndpoint endpoint =
        endpoint("cohere", "https://api.cohere.com/v2/embed", "MILVUS_COHERE_API_KEY", parameters);
    return embedder(parameters, endpoint, format, 96);
  }

  private TextEmbedder tei(FunctionParameters parameters) {
    WireFormat format =
        new TeiFormat(
            parameters.flag("truncate", false),
            parameters.choice("truncation_direction", "Left", "Right"),
            parameters.text("ingestion_prompt").orElse(""),
            parameters.text("search_prompt").orElse(""));
    Optional<URI> configured = configuredUrl("tei").map(ModelEndpoint::uri);
    Optional<URI> given = parameters.text("endpoint").map(ModelEndpoint::uri);
    URI base = given.or(() -> configured).orElseGet(() -> ModelEndpoint.uri(""));
    Map<String, String> headers = Map.of();
    if (configured.isPresent() && configured.get().equals(base)) {
      headers =
          key("tei", "MILVUS_TEI_API_KEY", parameters).map(HttpProviders::bearer).orElse(Map.of());
    } else if (parameters.text("credential").isPresent()) {
      throw SagittaException.invalidParameter(
          "a credential is sent to a configured endpoint only: provider=tei endpoint="
              + base
              + " setting="
              + ModelServiceKeys.provider("tei").url().name());
    }
    ModelEndpoint endpoint = new ModelEndpoint(base.resolve("/embed"), headers);
    return embedder(parameters, endpoint, format, 32);
  }

  private TextEmbedder embedder(
      FunctionParameters parameters, ModelEndpoint endpoint, WireFormat format, int batchSize) {
    return new HttpTextEmbedder(
        client,
        endpoint,
        format,
        parameters.batchSize(batchSize, LARGEST_BATCH),
        configuration.get(ModelServiceKeys.BATCH_FACTOR),
        parameters.context().output().dimension());
  }

  private static String elementType(FunctionParameters parameters) {
    return parameters.context().output().type() == DataType.INT8_VECTOR ? "int8" : "float";
  }

  private static String model(String provider, FunctionParameters parameters) {
    return parameters
        .text("model_name")
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    provider + " embedding model name is required: param=model_name"));
  }

  /** A service with a bearer's key; one that the operator has set up may do without. */
  private ModelEndpoint endpoint(
      String provider, String usualUrl, String variable, FunctionParameters parameters) {
    Optional<String> url = configuredUrl(provider);
    Optional<String> key = key(provider, variable, parameters);
    if (key.isEmpty() && url.isEmpty()) {
      throw missingKey(variable);
    }
    return new ModelEndpoint(
        ModelEndpoint.uri(url.orElse(usualUrl)), key.map(HttpProviders::bearer).orElse(Map.of()));
  }

  private Optional<String> configuredUrl(String provider) {
    return configuration.get(ModelServiceKeys.provider(provider).url());
  }

  /** The function's credential, else the provider's, else the environment's. */
  private Optional<String> key(String provider, String variable, FunctionParameters parameters) {
    return parameters
        .text("credential")
        .or(() -> configuration.get(ModelServiceKeys.provider(provider).credential()))
        .map(credentials::named)
        .or(() -> credentials.fromEnvironment(variable));
  }

  private static Map<String, String> bearer(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  private static SagittaException missingKey(String variable) {
    return SagittaException.invalidParameter(
        "missing credentials config or configure the "
            + variable
            + " environment variable in the Milvus service");
  }
}
