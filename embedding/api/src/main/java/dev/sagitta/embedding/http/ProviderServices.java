package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.ModelCredentials;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where the services of providers are, and which keys they get. A key is only ever sent to a
 * service that the operator has named or that is the provider's own: what a request or a
 * collection's creator names gets none.
 */
public final class ProviderServices {
  private final Configuration configuration;
  private final ModelCredentials credentials;

  public ProviderServices(Configuration configuration, ModelCredentials credentials) {
    this.configuration = requireNonNull(configuration, "configuration is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
  }

  /** The services as the operator has set them up, with this process's keys. */
  public static ProviderServices of(Configuration configuration) {
    return new ProviderServices(configuration, ModelCredentials.of(configuration));
  }

  /** Whether functions may use the provider. */
  public boolean isEnabled(ModelServiceKeys.Provider provider) {
    return configuration.get(provider.enable());
  }

  /** The service that the operator has named. */
  public Optional<String> configuredUrl(ModelServiceKeys.Provider provider) {
    return configuration.get(provider.url());
  }

  /**
   * A provider's own service, with a bearer's key; one that the operator has named instead may do
   * without.
   *
   * @param variable environment variable of the key
   * @param credential name of the key that a function gives
   * @throws SagittaException 1100 if there is no key
   */
  public ModelEndpoint hosted(
      ModelServiceKeys.Provider provider,
      String usualUrl,
      String variable,
      Optional<String> credential) {
    Optional<String> url = configuredUrl(provider);
    Optional<String> key = key(provider, variable, credential);
    if (key.isEmpty() && url.isEmpty()) {
      throw missingKey(variable);
    }
    return new ModelEndpoint(ModelEndpoint.uri(url.orElse(usualUrl)), bearer(key));
  }

  /**
   * A service that has no usual place: the one that a function names, else the operator's. Only the
   * operator's gets a key, and may do without.
   *
   * @param variable environment variable of the key
   * @param named the URL that a function names
   * @param credential name of the key that a function gives
   * @throws SagittaException 1100 if there is no URL, or a credential for a service that gets none
   */
  public ModelEndpoint selfHosted(
      ModelServiceKeys.Provider provider,
      String variable,
      Optional<String> named,
      Optional<String> credential) {
    Optional<URI> configured = configuredUrl(provider).map(ModelEndpoint::uri);
    Optional<URI> chosen = named.map(ModelEndpoint::uri).or(() -> configured);
    URI uri = chosen.orElseGet(() -> ModelEndpoint.uri(""));
    if (configured.isPresent() && configured.get().equals(uri)) {
      return new ModelEndpoint(uri, bearer(key(provider, variable, credential)));
    }
    if (credential.isPresent()) {
      throw SagittaException.invalidParameter(
          "a credential is sent to a configured endpoint only: provider="
              + provider.name()
              + " endpoint="
              + uri
              + " setting="
              + provider.url().name());
    }
    return new ModelEndpoint(uri, Map.of());
  }

  /**
   * The key that a provider wants.
   *
   * @throws SagittaException 1100 if there is none
   */
  String requiredKey(
      ModelServiceKeys.Provider provider, String variable, Optional<String> credential) {
    return key(provider, variable, credential).orElseThrow(() -> missingKey(variable));
  }

  /** The value of an environment variable that is no key. */
  Optional<String> fromEnvironment(String variable) {
    return credentials.fromEnvironment(variable);
  }

  /** The function's credential, else the provider's, else the environment's. */
  private Optional<String> key(
      ModelServiceKeys.Provider provider, String variable, Optional<String> credential) {
    return credential
        .or(() -> configuration.get(provider.credential()))
        .map(credentials::named)
        .or(() -> credentials.fromEnvironment(variable));
  }

  private static Map<String, String> bearer(Optional<String> key) {
    return key.map(text -> Map.of("Authorization", "Bearer " + text)).orElse(Map.of());
  }

  private static SagittaException missingKey(String variable) {
    return SagittaException.invalidParameter(
        "missing credentials config or configure the "
            + variable
            + " environment variable in the Milvus service");
  }
}
