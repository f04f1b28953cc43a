package dev.sagitta.engine.configuration;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * One setting.
 *
 * @param name dotted name, for example {@code sagitta.data-node.sync-period}
 * @param defaultText default as a user would write it; empty text means "not set"
 * @param kind what a value looks like, shown in help: size, duration, integer...
 * @param meaning one or two sentences for the operator
 * @param parser turns text into a value; throws IllegalArgumentException naming the rule
 */
public record ConfigurationKey<T>(
    String name, String defaultText, String kind, String meaning, Function<String, T> parser) {
  public ConfigurationKey {
    requireNonNull(name, "name is null");
    requireNonNull(defaultText, "defaultText is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(meaning, "meaning is null");
    requireNonNull(parser, "parser is null");
  }

  /** Name of the environment variable that sets this key. */
  public String environmentVariable() {
    return environmentVariable(name);
  }

  /** Name of the environment variable that sets the key of this name. */
  public static String environmentVariable(String name) {
    return name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }
}
