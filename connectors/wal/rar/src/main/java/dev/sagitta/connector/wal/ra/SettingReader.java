package dev.sagitta.connector.wal.ra;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds settings by name: system property, then environment variable (upper case, dots and dashes
 * as underscores), then the resource adapter's own property. An empty text counts as absent.
 */
final class SettingReader {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(B|KiB|MiB|GiB|TiB)?");
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  private final Function<String, Optional<String>> properties;
  private final Function<String, Optional<String>> environment;
  private final Map<String, String> adapterProperties;

  SettingReader(
      Function<String, Optional<String>> properties,
      Function<String, Optional<String>> environment,
      Map<String, String> adapterProperties) {
    this.properties = properties;
    this.environment = environment;
    this.adapterProperties = Map.copyOf(adapterProperties);
  }

  /** Of this process. */
  static SettingReader ofProcess(Map<String, String> adapterProperties) {
    return new SettingReader(
        name -> Optional.ofNullable(System.getProperty(name)),
        name -> Optional.ofNullable(System.getenv(name)),
        adapterProperties);
  }

  Optional<String> text(String name) {
    String variable = name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return properties
        .apply(name)
        .or(() -> environment.apply(variable))
        .or(() -> Optional.ofNullable(adapterProperties.get(name)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  int integer(String name, int minimum, int maximum, int defaultValue) {
    return text(name)
        .map(
            text -> {
              int value;
              try {
                value = Integer.parseInt(text);
              } catch (NumberFormatException e) {
                throw invalid(name, text, "an integer");
              }
              if (value < minimum || value > maximum) {
                throw invalid(name, text, "from " + minimum + " to " + maximum);
              }
              return value;
            })
        .orElse(defaultValue);
  }

  /** Bytes, written as {@code 16MiB} or {@code 4096}. */
  long size(String name, long defaultValue) {
    return text(name)
        .map(
            text -> {
              Matcher matcher = SIZE.matcher(text);
              if (!matcher.matches()) {
                throw invalid(name, text, "a size such as 64MiB");
              }
              String unit = matcher.group(2) == null ? "B" : matcher.group(2);
              return Math.multiplyExact(Long.parseLong(matcher.group(1)), SIZE_UNITS.get(unit));
            })
        .orElse(defaultValue);
  }

  Duration duration(String name, Duration defaultValue) {
    return text(name)
        .map(
            text -> {
              Matcher matcher = DURATION.matcher(text);
              if (!matcher.matches()) {
                throw invalid(name, text, "a duration such as 500ms or 10s");
              }
              long amount = Long.parseLong(matcher.group(1));
              return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              };
            })
        .orElse(defaultValue);
  }

  boolean bool(String name, boolean defaultValue) {
    return text(name)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw invalid(name, text, "true or false");
                })
        .orElse(defaultValue);
  }

  static IllegalArgumentException invalid(String name, String value, String expected) {
    return new IllegalArgumentException("expected " + expected + ": " + name + "=" + value);
  }
}
