package dev.sagitta.coordinator.bean;

import dev.sagitta.engine.configuration.Configuration;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of this process from MicroProfile Config, where the server has it: system
 * properties, environment variables, and the server's own sources below them. Servers without it
 * give the first two, in the same order.
 */
public final class NodeConfiguration {
  private static final System.Logger LOGGER = System.getLogger(NodeConfiguration.class.getName());

  private NodeConfiguration() {}

  /** Reads the settings anew each time they are asked for. */
  public static Configuration load() {
    try {
      return new Configuration(MicroProfileSource.open());
    } catch (LinkageError | IllegalStateException e) {
      LOGGER.log(Level.DEBUG, "no MicroProfile Config here: reading the process's settings", e);
      return Configuration.fromProcess();
    }
  }

  /** Apart, so that its absence is noticed only here. */
  private static final class MicroProfileSource {
    private MicroProfileSource() {}

    static Function<String, Optional<String>> open() {
      Config config = ConfigProvider.getConfig();
      return name ->
          Configuration.processValue(name).or(() -> config.getOptionalValue(name, String.class));
    }
  }
}
