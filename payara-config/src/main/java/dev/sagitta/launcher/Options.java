package dev.sagitta.launcher;

import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.ConfigurationKey;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@code up}, {@code down} and {@code status}.
 *
 * @param home folder of the repository or installation
 * @param distribution folder with Payara Micro, the adapters and the WAR
 * @param data data directory
 * @param port port of the REST API on the loopback interface
 * @param join REST address of a node to join, empty for the first node
 * @param settings configuration keys given with {@code --set}
 */
record Options(
    Path home,
    Path distribution,
    Path data,
    int port,
    Optional<String> join,
    Map<String, String> settings) {
  static final int DEFAULT_PORT = 19530;

  static Options parse(List<String> arguments) {
    Path home = Path.of("").toAbsolutePath();
    Optional<Path> distribution = Optional.empty();
    Optional<Path> data = Optional.empty();
    int port = DEFAULT_PORT;
    Optional<String> join = Optional.empty();
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new LauncherException("option needs a value: " + option);
      }
      String value = arguments.get(i + 1);
      switch (option) {
        case "--home" -> home = Path.of(value).toAbsolutePath().normalize();
        case "--distribution" -> distribution = Optional.of(Path.of(value).toAbsolutePath());
        case "--data" -> data = Optional.of(Path.of(value).toAbsolutePath().normalize());
        case "--port" -> port = parsePort(value);
        case "--join" -> join = Optional.of(value);
        case "--set" -> addSetting(settings, value);
        default ->
            throw new LauncherException("unknown option: " + option + " (see `sagitta help`)");
      }
    }
    checkSettings(settings);
    return new Options(
        home,
        distribution.orElse(home.resolve("ear/micro/target/distribution")),
        data.orElse(home.resolve("data")),
        port,
        join,
        settings);
  }

  private static int parsePort(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65533) {
        return port;
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which says the same
    }
    throw new LauncherException("--port must be a number from 1 to 65533: " + value);
  }

  private static void addSetting(Map<String, String> settings, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new LauncherException("--set needs key=value: " + assignment);
    }
    settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static void checkSettings(Map<String, String> settings) {
    List<ConfigurationKey<?>> keys = SagittaConfiguration.keys();
    for (String name : settings.keySet()) {
      if (keys.stream().noneMatch(key -> key.name().equals(name))) {
        throw new LauncherException(
            "unknown configuration key: " + name + " (see `sagitta help config`)");
      }
    }
    Configuration configuration =
        new Configuration(
            name ->
                Optional.ofNullable(settings.get(name)).or(() -> Configuration.processValue(name)));
    for (ConfigurationKey<?> key : keys) {
      try {
        configuration.get(key);
      } catch (IllegalArgumentException e) {
        throw new LauncherException(e.getMessage(), e);
      }
    }
  }
}
