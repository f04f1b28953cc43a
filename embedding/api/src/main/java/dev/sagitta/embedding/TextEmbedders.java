package dev.sagitta.embedding;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.http.HttpProviders;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.embedding.http.ProviderServices;
import dev.sagitta.embedding.local.LocalModels;
import dev.sagitta.embedding.local.LocalTextEmbedder;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FunctionContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes embedders of functions by their {@code provider}; without one, by the default provider. */
public final class TextEmbedders implements AutoCloseable {
  /** The models in this process: they need no service and no key. */
  public static final String DEFAULT_PROVIDER = "local";

  private final Configuration configuration;
  private final LocalModels localModels;
  private final ModelHttpClient client;
  private final HttpProviders httpProviders;

  private TextEmbedders(
      Configuration configuration, LocalModels localModels, ModelHttpClient client) {
    this.configuration = requireNonNull(configuration, "configuration is null");
    this.localModels = requireNonNull(localModels, "localModels is null");
    this.client = requireNonNull(client, "client is null");
    this.httpProviders =
        new HttpProviders(client, configuration, ProviderServices.of(configuration));
  }

  /** The embedders of this process; no model is loaded and no service called yet. */
  public static TextEmbedders create(Configuration configuration) {
    int threads = configuration.get(ModelServiceKeys.LOCAL_THREADS);
    if (threads == 0) {
      threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
    return new TextEmbedders(
        configuration,
        new LocalModels(configuration.get(ModelServiceKeys.LOCAL_DIRECTORY).map(Path::of), threads),
        new ModelHttpClient(configuration.get(ModelServiceKeys.TIMEOUT)));
  }

  /** The client of the services of models, for functions of other types. */
  public ModelHttpClient client() {
    return client;
  }

  /**
   * The embedder of a function.
   *
   * @throws SagittaException 1100 for a provider or parameters that do not fit
   */
  public TextEmbedder embedder(FunctionContext context) {
    FunctionParameters parameters = new FunctionParameters(context);
    String provider = provider(parameters);
    if (provider.equals(DEFAULT_PROVIDER)) {
      checkEnabled(provider, configuration.get(ModelServiceKeys.LOCAL_ENABLED));
      return LocalTextEmbedder.create(localModels, parameters);
    }
    if (!HttpProviders.NAMES.contains(provider)) {
      List<String> supported = new ArrayList<>(List.of(DEFAULT_PROVIDER));
      supported.addAll(HttpProviders.NAMES);
      throw SagittaException.invalidParameter(
          "unsupported text embedding service provider: ["
              + provider
              + "] , list of supported ["
              + String.join(", ", supported)
              + "]");
    }
    checkEnabled(provider, configuration.get(ModelServiceKeys.provider(provider).enable()));
    return httpProviders.create(provider, parameters);
  }

  /** Whether a function's texts go to a service, which may not be there. */
  static boolean isRemote(FunctionContext context) {
    return !provider(new FunctionParameters(context)).equals(DEFAULT_PROVIDER);
  }

  private static String provider(FunctionParameters parameters) {
    return parameters.text("provider").orElse(DEFAULT_PROVIDER).toLowerCase(Locale.ROOT);
  }

  private static void checkEnabled(String provider, boolean enabled) {
    if (!enabled) {
      throw SagittaException.invalidParameter(
          "text embedding model provider [" + provider + "] is disabled");
    }
  }

  /** Ends calls and frees the models. */
  @Override
  public void close() {
    localModels.close();
    client.close();
  }
}
