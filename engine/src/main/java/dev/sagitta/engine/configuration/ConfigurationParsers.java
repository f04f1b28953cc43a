package dev.sagitta.engine.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text of a setting becomes a value. */
final class ConfigurationParsers {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(B|KiB|MiB|GiB|TiB)?");
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  private ConfigurationParsers() {}

  /** Bytes: {@code 16MiB}, {@code 4096}. */
  static Function<String, Long> size() {
    return text -> {
      Matcher matcher = SIZE.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("expected a size such as 16MiB or 1GiB");
      }
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), SIZE_UNITS.get(unit));
    };
  }

  /** Time: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1d}. */
  static Function<String, Duration> duration() {
    return text -> {
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("expected a duration such as 500ms, 10s or 5m");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    };
  }

  static Function<String, Integer> integer(int minimum, int maximum) {
    return text -> {
      int value;
      try {
        value = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected an integer", e);
      }
      if (value < minimum || value > maximum) {
        throw new IllegalArgumentException("must be from " + minimum + " to " + maximum);
      }
      return value;
    };
  }

  static Function<String, Double> fraction() {
    return text -> {
      double value;
      try {
        value = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected a number", e);
      }
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException("must be above 0 and at most 1");
      }
      return value;
    };
  }

  static Function<String, Boolean> bool() {
    return text ->
        switch (text.toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("expected true or false");
        };
  }

  /** Empty text means "not set". */
  static <T> Function<String, Optional<T>> optional(Function<String, T> parser) {
    return text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text));
  }

  static Function<String, List<String>> list() {
    return text -> text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
  }

  static Function<String, String> oneOf(String... choices) {
    return text -> {
      if (!List.of(choices).contains(text)) {
        throw new IllegalArgumentException("expected one of " + String.join(", ", choices));
      }
      return text;
    };
  }
}
