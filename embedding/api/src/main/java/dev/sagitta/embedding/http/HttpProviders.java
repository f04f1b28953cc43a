package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.FunctionParameters;
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

/** The providers of text embeddings over HTTP. */
public final class HttpProviders {
  /** Names of the providers, as a function's {@code provider} says. */
  public static final List<String> NAMES =
      List.of("openai", "azure_openai", "voyageai", "cohere", "siliconflow", "tei");

  private static final String AZURE_VERSION = "2024-06-01";
  private static final int LARGEST_BATCH = 4096;

  private final ModelHttpClient client;
  private final Configuration configuration;
  private final ProviderServices services;

  public HttpProviders(
      ModelHttpClient client, Configuration configuration, ProviderServices services) {
    this.client = requireNonNull(client, "client is null");
    this.configuration = requireNonNull(configuration, "configuration is null");
    this.services = requireNonNull(services, "services is null");
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
    WireFormat format = openAiFormat("openai", parameters, parameters.text("user"));
    ModelEndpoint endpoint =
        endpoint(
            "openai", "https://api.openai.com/v1/embeddings", "MILVUS_OPENAI_API_KEY", parameters);
    return embedder(parameters, endpoint, format, 128);
  }

  private TextEmbedder azureOpenAi(FunctionParameters parameters) {
    String model = model("azure_openai", parameters);
    WireFormat format = openAiFormat("azure_openai", parameters, parameters.text("user"));
    String base =
        services
            .configuredUrl(ModelServiceKeys.provider("azure_openai"))
            .or(
                () ->
                    services
                        .fromEnvironment("MILVUS_AZURE_OPENAI_RESOURCE_NAME")
                        .map(name -> "https://" + name + ".openai.azure.com"))
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "must configure the MILVUS_AZURE_OPENAI_RESOURCE_NAME environment variable"
                            + " in the Milvus service"));
    String key =
        services.requiredKey(
            ModelServiceKeys.provider("azure_openai"),
            "MILVUS_AZURE_OPENAI_API_KEY",
            parameters.text("credential"));
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
    WireFormat format = openAiFormat("siliconflow", parameters, Optional.empty());
    ModelEndpoint endpoint =
        endpoint(
            "siliconflow",
            "https://api.siliconflow.cn/v1/embeddings",
            "MILVUS_SILICONFLOW_API_KEY",
            parameters);
    return embedder(parameters, endpoint, format, 32);
  }

  private static WireFormat openAiFormat(
      String provider, FunctionParameters parameters, Optional<String> user) {
    OptionalInt dimension = parameters.dimension();
    return new OpenAiFormat(
        model(provider, parameters),
        (out, mode) -> {
          if (user.isPresent()) {
            out.writeStringField("user", user.get());
          }
          out.writeStringField("encoding_format", "float");
          if (dimension.isPresent()) {
            out.writeNumberField("dimensions", dimension.getAsInt());
          }
        });
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
    ModelEndpoint service =
        services.selfHosted(
            ModelServiceKeys.provider("tei"),
            "MILVUS_TEI_API_KEY",
            parameters.text("endpoint"),
            parameters.text("credential"));
    ModelEndpoint endpoint = new ModelEndpoint(service.uri().resolve("/embed"), service.headers());
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

  private ModelEndpoint endpoint(
      String provider, String usualUrl, String variable, FunctionParameters parameters) {
    return services.hosted(
        ModelServiceKeys.provider(provider), usualUrl, variable, parameters.text("credential"));
  }
}
