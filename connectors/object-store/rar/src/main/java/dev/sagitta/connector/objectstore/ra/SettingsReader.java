package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.s3.S3Credentials;
import dev.sagitta.connector.objectstore.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings by name from a system property, else the environment variable of the same name
 * (upper case, other characters as underscores), else the adapter's own property. Sizes are written
 * {@code 8MiB}, durations {@code 500ms}, {@code 10s}, {@code 2m}. Errors name the setting and, save
 * for secrets, its value.
 */
final class SettingsReader {
  static final String NAME_PREFIX = "sagitta.object-store.";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)?");
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");
  private static final Map<String, Duration> DURATION_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private final Function<String, Optional<String>> processValues;

  /**
   * @param processValues what the process says about a name
   */
  SettingsReader(Function<String, Optional<String>> processValues) {
    this.processValues = requireNonNull(processValues, "processValues is null");
  }

  static SettingsReader ofProcess() {
    return new SettingsReader(
        name ->
            Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(environmentVariable(name)))));
  }

  static String environmentVariable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * @throws IllegalArgumentException if a setting makes no sense
   */
  StoreSettings read(ObjectStoreManagedConnectionFactory configured) {
    String kind = text("kind", configured.getKind());
    return switch (kind) {
      case "local" -> new StoreSettings.Local(directory(configured));
      case "s3" -> new StoreSettings.S3(s3(configured));
      default -> throw invalid("kind", kind, "expected local or s3", null);
    };
  }

  private Path directory(ObjectStoreManagedConnectionFactory configured) {
    String directory = text("local.directory", configured.getLocalDirectory());
    if (directory.isEmpty()) {
      throw invalid("local.directory", directory, "expected a directory", null);
    }
    return Path.of(directory).toAbsolutePath().normalize();
  }

  private S3Settings s3(ObjectStoreManagedConnectionFactory configured) {
    String endpoint = text("s3.endpoint", configured.getS3Endpoint());
    return new S3Settings(
        endpoint.isEmpty() ? Optional.empty() : Optional.of(uri("s3.endpoint", endpoint)),
        text("s3.region", configured.getS3Region()),
        text("s3.bucket", configured.getS3Bucket()),
        text("s3.prefix", configured.getS3Prefix()),
        bool("s3.path-style", configured.getS3PathStyle()),
        credentials(configured),
        duration("s3.request-timeout", configured.getS3RequestTimeout()),
        duration("s3.attempt-timeout", configured.getS3AttemptTimeout()),
        integer("s3.max-attempts", configured.getS3MaxAttempts()),
        size("s3.part-size", configured.getS3PartSize()),
        integer("s3.max-connections", configured.getS3MaxConnections()));
  }

  private Optional<S3Credentials> credentials(ObjectStoreManagedConnectionFactory configured) {
    String accessKey = text("s3.access-key", configured.getS3AccessKey());
    String secretKey = text("s3.secret-key", configured.getS3SecretKey());
    if (accessKey.isEmpty() && secretKey.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new S3Credentials(accessKey, secretKey));
  }

  private String text(String name, String configured) {
    return processValues.apply(NAME_PREFIX + name).orElse(configured).strip();
  }

  private static URI uri(String name, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(name, text, "expected a URL such as http://host:9000", e);
    }
    throw invalid(name, text, "expected a URL such as http://host:9000", null);
  }

  private boolean bool(String name, String configured) {
    String text = text(name, configured);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, text, "expected true or false", null);
    };
  }

  private int integer(String name, String configured) {
    String text = text(name, configured);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid(name, text, "expected an integer", e);
    }
  }

  private int size(String name, String configured) {
    String text = text(name, configured);
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw invalid(name, text, "expected a size such as 8MiB", null);
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    try {
      return Math.toIntExact(
          Math.multiplyExact(Long.parseLong(matcher.group(1)), SIZE_UNITS.get(unit)));
    } catch (ArithmeticException e) {
      throw invalid(name, text, "must be below 2GiB", e);
    }
  }

  private Duration duration(String name, String configured) {
    String text = text(name, configured);
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw invalid(name, text, "expected a duration such as 500ms, 10s or 2m", null);
    }
    return DURATION_UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
  }

  private static IllegalArgumentException invalid(
      String name, String value, String rule, RuntimeException cause) {
    return new IllegalArgumentException(
        "setting " + NAME_PREFIX + name + "=" + value + " is wrong: " + rule, cause);
  }
}
