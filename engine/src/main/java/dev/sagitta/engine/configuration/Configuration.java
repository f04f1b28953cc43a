package dev.sagitta.engine.configuration;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of this process. A value comes from the source given (system property, then
 * environment variable, then MicroProfile Config's own files where there is one), else from the
 * key's default.
 */
public final class Configuration {
  private final Function<String, Optional<String>> source;

  public Configuration(Function<String, Optional<String>> source) {
    this.source = requireNonNull(source, "source is null");
  }

  /** Reads system properties, then environment variables. */
  public static Configuration fromProcess() {
    return new Configuration(Configuration::processValue);
  }

  /**
   * The key's value.
   *
   * @throws IllegalArgumentException naming key, value and rule if the text is no value of the key
   */
  public <T> T get(ConfigurationKey<T> key) {
    String text = source.apply(key.name()).map(String::trim).orElse(key.defaultText());
    try {
      return key.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "bad configuration value: key=" + key.name() + " value=" + text + ": " + e.getMessage(),
          e);
    }
  }

  /** A system property, else the environment variable of the same name. */
  public static Optional<String> processValue(String name) {
    String property = System.getProperty(name);
    if (property != null) {
      return Optional.of(property);
    }
    return Optional.ofNullable(System.getenv(ConfigurationKey.environmentVariable(name)));
  }
}
