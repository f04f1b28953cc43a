package dev.sagitta.connector.wal.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestWalSettings {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> adapterProperties = new HashMap<>();

  @Test
  void defaultsAreOneEmbeddedBrokerWithoutAcceptor() {
    WalSettings settings = read();
    assertThat(settings.remote()).isEmpty();
    assertThat(settings.pchannels())
        .containsExactly("sagitta-dml_0", "sagitta-dml_1", "sagitta-dml_2", "sagitta-dml_3");
    assertThat(settings.taskQueues()).containsExactly("sagitta-index-builds");
    assertThat(settings.appendTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.connectionTimeToLive()).isEqualTo(Duration.ofSeconds(5));
    var embedded = settings.embedded().orElseThrow();
    assertThat(embedded.directory()).isEqualTo(Path.of("sagitta-data/wal").toAbsolutePath());
    assertThat(embedded.acceptor()).isEmpty();
    assertThat(embedded.credentials()).isEmpty();
    assertThat(settings.admissionBytes()).isEqualTo(embedded.maximumBytes() / 2);
  }

  @Test
  void propertyBeatsEnvironmentBeatsAdapter() {
    adapterProperties.put("sagitta.wal.max-bytes", "100MiB");
    assertThat(maximumBytes()).isEqualTo(100L << 20);
    environment.put("SAGITTA_WAL_MAX_BYTES", "200MiB");
    assertThat(maximumBytes()).isEqualTo(200L << 20);
    properties.put("sagitta.wal.max-bytes", "1GiB");
    assertThat(maximumBytes()).isEqualTo(1L << 30);
  }

  @Test
  void remoteBrokerNeedsUrlAndHidesPasswords() {
    properties.put("sagitta.wal.broker", "remote");
    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url=");
    properties.put("sagitta.wal.url", "tcp://broker:61616");
    properties.put("sagitta.wal.user", "sagitta");
    assertThatThrownBy(this::read).hasMessageContaining("needed together");
    properties.put("sagitta.wal.password", "secret");
    properties.put("sagitta.wal.tls.enabled", "true");
    properties.put("sagitta.wal.tls.trust-store", "/trust.p12");
    properties.put("sagitta.wal.tls.trust-store-password", "secret");
    WalSettings settings = read();
    assertThat(settings.embedded()).isEmpty();
    assertThat(settings.remote().orElseThrow().url()).isEqualTo("tcp://broker:61616");
    assertThat(settings.toString()).contains("/trust.p12").doesNotContain("secret");
  }

  @Test
  void acceptorForOtherMachinesNeedsCredentials() {
    properties.put("sagitta.wal.acceptor", "0.0.0.0:61616");
    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs user and password: acceptor=0.0.0.0:61616");
    properties.put("sagitta.wal.acceptor", "127.0.0.1:61616");
    assertThat(read().embedded().orElseThrow().acceptor()).isPresent();
  }

  @Test
  void invalidValuesNameTheSetting() {
    for (Map.Entry<String, String> invalid :
        Map.of(
                "sagitta.wal.broker", "elsewhere",
                "sagitta.wal.acceptor", "localhost",
                "sagitta.wal.pchannels", "0",
                "sagitta.wal.max-bytes", "much",
                "sagitta.wal.append-timeout", "0s",
                "sagitta.wal.admission-bytes", "1KiB",
                "sagitta.wal.tls.enabled", "maybe")
            .entrySet()) {
      properties.clear();
      properties.put(invalid.getKey(), invalid.getValue());
      String lastPart = invalid.getKey().substring(invalid.getKey().lastIndexOf('.') + 1);
      assertThatThrownBy(this::read)
          .as("%s", invalid)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(lastPart + "=");
    }
  }

  private long maximumBytes() {
    return read().embedded().orElseThrow().maximumBytes();
  }

  private WalSettings read() {
    return WalSettings.read(
        new SettingReader(
            name -> Optional.ofNullable(properties.get(name)),
            name -> Optional.ofNullable(environment.get(name)),
            adapterProperties));
  }
}
