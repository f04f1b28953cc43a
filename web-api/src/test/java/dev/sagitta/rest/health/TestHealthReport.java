package dev.sagitta.rest.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class TestHealthReport {
  private static ReadinessCheck check(String name, Supplier<Optional<String>> problem) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> problem() {
        return problem.get();
      }
    };
  }

  @Test
  void readyWithoutProblems() {
    HealthReport report = HealthReport.of(List.of(check("rootcoord", Optional::empty)));

    assertThat(report.isReady()).isTrue();
    assertThat(report.reason()).isEmpty();
    assertThat(new String(report.json(), UTF_8))
        .isEqualTo("{\"state\":\"OK\",\"detail\":[{\"name\":\"rootcoord\",\"code\":\"Healthy\"}]}");
  }

  @Test
  void namesTheProblemAndSurvivesBrokenChecks() {
    HealthReport report =
        HealthReport.of(
            List.of(
                check("rootcoord", () -> Optional.of("no node leads")),
                check(
                    "wal",
                    () -> {
                      throw new IllegalStateException("broken");
                    }),
                check("querynode", Optional::empty)));

    assertThat(report.isReady()).isFalse();
    assertThat(report.reason().orElseThrow())
        .contains("rootcoord: no node leads")
        .contains("wal: check failed")
        .doesNotContain("querynode");
    assertThat(new String(report.json(), UTF_8))
        .contains("{\"name\":\"rootcoord\",\"code\":\"Abnormal\"}");
  }
}
