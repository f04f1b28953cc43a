package dev.sagitta.embedding;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * The keys for services: from the operator's file, and from Milvus's environment variables. The
 * file is read anew each time, so a key can be replaced while the server runs.
 */
public final class ModelCredentials {
  private final Optional<Path> file;
  private final Function<String, Optional<String>> environment;

  /**
   * Reads nothing yet.
   *
   * @param file properties of the form {@code <name>.apikey=<key>}
   * @param environment value of an environment variable
   */
  public ModelCredentials(Optional<Path> file, Function<String, Optional<String>> environment) {
    this.file = requireNonNull(file, "file is null");
    this.environment = requireNonNull(environment, "environment is null");
  }

  /** The keys of this process. */
  public static ModelCredentials of(Configuration configuration) {
    return new ModelCredentials(
        configuration.get(ModelServiceKeys.CREDENTIAL_FILE).map(Path::of),
        variable -> Optional.ofNullable(System.getenv(variable)));
  }

  /**
   * The key of a name.
   *
   * @throws SagittaException 1100 if there is none, or the file cannot be read
   */
  public String named(String name) {
    String property = name + ".apikey";
    String key =
        file.map(ModelCredentials::read).map(keys -> keys.getProperty(property)).orElse("");
    if (key.isBlank()) {
      throw SagittaException.invalidParameter(
          name + " is not a apikey crediential, can not find key: " + property);
    }
    return key.trim();
  }

  /** The key in an environment variable. */
  public Optional<String> fromEnvironment(String variable) {
    return environment.apply(variable).map(String::trim).filter(key -> !key.isEmpty());
  }

  private static Properties read(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw SagittaException.invalidParameter(
          "cannot read the credential file: sagitta.credential.file=" + path);
    }
    return properties;
  }
}
