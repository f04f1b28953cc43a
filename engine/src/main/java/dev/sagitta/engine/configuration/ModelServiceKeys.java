package dev.sagitta.engine.configuration;

import static dev.sagitta.engine.configuration.ConfigurationParsers.bool;
import static dev.sagitta.engine.configuration.ConfigurationParsers.duration;
import static dev.sagitta.engine.configuration.ConfigurationParsers.integer;
import static dev.sagitta.engine.configuration.ConfigurationParsers.optional;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of models that functions call: in this process and on services. */
public final class ModelServiceKeys {
  private static final String PREFIX = "sagitta.function.text-embedding.";

  public static final ConfigurationKey<Optional<String>> CREDENTIAL_FILE =
      text(
          "sagitta.credential.file",
          "Properties file with the keys for services: <name>.apikey=<key>"
              + " (Milvus: credential). Let only the server's user read it.");

  public static final ConfigurationKey<Integer> BATCH_FACTOR =
      new ConfigurationKey<>(
          "sagitta.function.batch-factor",
          "5",
          "integer",
          "Most texts of a request, as a multiple of the texts that a service takes at once"
              + " (Milvus: function.batchFactor).",
          integer(1, 1000));

  public static final ConfigurationKey<Duration> TIMEOUT =
      new ConfigurationKey<>(
          "sagitta.function.timeout",
          "30s",
          "duration",
          "Longest time for one call of a service with all its attempts.",
          duration());

  public static final ConfigurationKey<Boolean> LOCAL_ENABLED =
      new ConfigurationKey<>(
          PREFIX + "local.enable",
          "true",
          "true/false",
          "Whether functions may use the models in this process.",
          bool());

  public static final ConfigurationKey<Optional<String>> LOCAL_DIRECTORY =
      text(
          PREFIX + "local.directory",
          "Folder of the models in this process and of their runtime; the launcher and the"
              + " deployment scripts set it.");

  public static final ConfigurationKey<Integer> LOCAL_THREADS =
      new ConfigurationKey<>(
          PREFIX + "local.threads",
          "0",
          "integer",
          "Threads that compute for each model; 0 means half of the processors.",
          integer(0, 1024));

  private static final Map<String, Provider> PROVIDERS =
      providers(PREFIX, "openai", "azure_openai", "siliconflow", "voyageai", "cohere", "tei");

  private static final Map<String, Provider> RERANK_PROVIDERS =
      providers(
          "sagitta.function.rerank.model.", "tei", "vllm", "cohere", "voyageai", "siliconflow");

  /**
   * The settings of one provider.
   *
   * @param name as functions give it
   * @param enable whether functions may use it
   * @param url of its service, when it is not the usual one
   * @param credential name of its key in the credential file
   */
  public record Provider(
      String name,
      ConfigurationKey<Boolean> enable,
      ConfigurationKey<Optional<String>> url,
      ConfigurationKey<Optional<String>> credential) {}

  private ModelServiceKeys() {}

  /**
   * The settings of a provider of text embeddings over HTTP.
   *
   * @throws IllegalArgumentException if there is no such provider
   */
  public static Provider provider(String name) {
    return named(name, PROVIDERS);
  }

  /**
   * The settings of a provider of models that rank.
   *
   * @throws IllegalArgumentException if there is no such provider
   */
  public static Provider rerankProvider(String name) {
    return named(name, RERANK_PROVIDERS);
  }

  private static Provider named(String name, Map<String, Provider> providers) {
    Provider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("unknown provider: name=" + name);
    }
    return provider;
  }

  static List<ConfigurationKey<?>> all() {
    List<ConfigurationKey<?>> keys =
        new ArrayList<>(
            List.of(
                CREDENTIAL_FILE,
                BATCH_FACTOR,
                TIMEOUT,
                LOCAL_ENABLED,
                LOCAL_DIRECTORY,
                LOCAL_THREADS));
    for (Map<String, Provider> providers : List.of(PROVIDERS, RERANK_PROVIDERS)) {
      for (Provider provider : providers.values()) {
        keys.addAll(List.of(provider.enable(), provider.url(), provider.credential()));
      }
    }
    return keys;
  }

  private static Map<String, Provider> providers(String functions, String... names) {
    Map<String, Provider> providers = new LinkedHashMap<>();
    for (String name : names) {
      String prefix = functions + "providers." + name + ".";
      providers.put(
          name,
          new Provider(
              name,
              new ConfigurationKey<>(
                  prefix + "enable",
                  "true",
                  "true/false",
                  "Whether functions may use this provider.",
                  bool()),
              text(prefix + "url", "URL of the provider's service, when it is not the usual one."),
              text(prefix + "credential", "Name of the provider's key in the credential file.")));
    }
    return providers;
  }

  private static ConfigurationKey<Optional<String>> text(String name, String meaning) {
    return new ConfigurationKey<>(name, "", "text", meaning, optional(value -> value));
  }
}
