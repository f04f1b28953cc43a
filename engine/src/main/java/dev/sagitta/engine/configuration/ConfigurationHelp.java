package dev.sagitta.engine.configuration;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints every setting with kind, default and meaning; the launcher's {@code help config}. */
public final class ConfigurationHelp {
  private ConfigurationHelp() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("Settings: `sagitta up --set key=value`, or the environment variable of the same");
    out.println("name in upper case with underscores, for example SAGITTA_DATA_NODE_SYNC_PERIOD.");
    for (ConfigurationKey<?> key : SagittaConfiguration.keys()) {
      out.println();
      String shown = key.defaultText().isEmpty() ? "not set" : key.defaultText();
      out.println(key.name() + "  (" + key.kind() + ", default: " + shown + ")");
      out.println("    " + key.meaning());
    }
  }
}
