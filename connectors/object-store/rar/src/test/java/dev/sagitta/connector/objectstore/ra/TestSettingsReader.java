package dev.sagitta.connector.objectstore.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.objectstore.s3.S3Credentials;
import dev.sagitta.connector.objectstore.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestSettingsReader {
  private final Map<String, String> process = new HashMap<>();
  private final ObjectStoreManagedConnectionFactory configured =
      new ObjectStoreManagedConnectionFactory();

  private StoreSettings read() {
    return new SettingsReader(name -> Optional.ofNullable(process.get(name))).read(configured);
  }

  @Test
  void testDefaults() {
    assertThat(read()).isEqualTo(new StoreSettings.Local(Path.of("data/objects").toAbsolutePath()));
    process.put("sagitta.object-store.kind", "s3");
    assertThat(read())
        .isEqualTo(
            new StoreSettings.S3(
                new S3Settings(
                    Optional.empty(),
                    "us-east-1",
                    "sagitta",
                    "",
                    true,
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    4,
                    8 << 20,
                    64)));
  }

  @Test
  void testEverySettingIsRead() {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("kind", "s3"),
            Map.entry("s3.endpoint", "http://127.0.0.1:9000"),
            Map.entry("s3.region", "eu-central-1"),
            Map.entry("s3.bucket", "vectors"),
            Map.entry("s3.prefix", "production"),
            Map.entry("s3.path-style", "false"),
            Map.entry("s3.access-key", "access"),
            Map.entry("s3.secret-key", "secret"),
            Map.entry("s3.request-timeout", "2m"),
            Map.entry("s3.attempt-timeout", "1500ms"),
            Map.entry("s3.max-attempts", "7"),
            Map.entry("s3.part-size", "16 MiB"),
            Map.entry("s3.max-connections", "9"));
    values.forEach((name, value) -> process.put("sagitta.object-store." + name, value));
    StoreSettings settings = read();
    assertThat(settings)
        .isEqualTo(
            new StoreSettings.S3(
                new S3Settings(
                    Optional.of(URI.create("http://127.0.0.1:9000")),
                    "eu-central-1",
                    "vectors",
                    "production/",
                    false,
                    Optional.of(new S3Credentials("access", "secret")),
                    Duration.ofMinutes(2),
                    Duration.ofMillis(1500),
                    7,
                    16 << 20,
                    9)));
    assertThat(settings.toString()).doesNotContain("secret").doesNotContain("access,");
  }

  @Test
  void testTheProcessOverridesTheProperty() {
    configured.setLocalDirectory("/from/property");
    assertThat(read()).isEqualTo(new StoreSettings.Local(Path.of("/from/property")));
    process.put("sagitta.object-store.local.directory", "/from/process");
    assertThat(read()).isEqualTo(new StoreSettings.Local(Path.of("/from/process")));
  }

  @Test
  void testSystemPropertiesAreRead() {
    String name = "sagitta.object-store.local.directory";
    System.setProperty(name, "/from/system");
    try {
      assertThat(SettingsReader.ofProcess().read(configured))
          .isEqualTo(new StoreSettings.Local(Path.of("/from/system")));
    } finally {
      System.clearProperty(name);
    }
    assertThat(SettingsReader.environmentVariable(name))
        .isEqualTo("SAGITTA_OBJECT_STORE_LOCAL_DIRECTORY");
  }

  @ParameterizedTest
  @CsvSource({
    "kind, tape",
    "s3.endpoint, not a url",
    "s3.endpoint, localhost",
    "s3.path-style, maybe",
    "s3.request-timeout, 10",
    "s3.attempt-timeout, soon",
    "s3.attempt-timeout, 0s",
    "s3.max-attempts, 0",
    "s3.max-attempts, x",
    "s3.part-size, 1MiB",
    "s3.part-size, 8 parsecs",
    "s3.part-size, 4GiB",
    "s3.max-connections, -1",
    "s3.bucket, ''",
    "s3.access-key, lonely"
  })
  void testBadValuesAreRefused(String name, String value) {
    process.put("sagitta.object-store.kind", "s3");
    process.put("sagitta.object-store." + name, value);
    assertThatThrownBy(this::read).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void testFactoriesAreEqualByTheirSettings() {
    ObjectStoreManagedConnectionFactory other = new ObjectStoreManagedConnectionFactory();
    other.setResourceAdapter(new ObjectStoreResourceAdapter(new SharedStores()));
    assertThat(other).isEqualTo(configured).hasSameHashCodeAs(configured);
    other.setS3SecretKey("x");
    assertThat(other).isNotEqualTo(configured);
  }
}
