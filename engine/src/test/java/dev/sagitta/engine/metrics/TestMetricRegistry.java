package dev.sagitta.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

final class TestMetricRegistry {
  private final MetricRegistry registry = new MetricRegistry();

  /** Keeps what it is told. */
  private static final class RecordingMirror implements MetricMirror {
    private final Map<String, Long> counters = new HashMap<>();
    private final Map<String, DoubleSupplier> gauges = new HashMap<>();

    @Override
    public LongConsumer counter(String name, String help, Labels labels) {
      return amount -> counters.merge(name, amount, Long::sum);
    }

    @Override
    public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
      gauges.put(name, value);
    }
  }

  @Test
  void writesPrometheusText() {
    registry.counter("a_count", "Things", Labels.of("kind", "x\"y\\z\n")).add(3);
    registry.gauge("b_num", "Number", Labels.NONE, () -> 1.5);
    Histogram histogram = registry.histogram("c_latency", "Time", Labels.of("q", "s"));
    histogram.observe(0.5);
    histogram.observe(3);
    histogram.observe(1e9);

    String text = PrometheusText.of(registry);

    assertThat(text)
        .contains("# HELP a_count Things\n# TYPE a_count counter\n")
        .contains("a_count{kind=\"x\\\"y\\\\z\\n\"} 3\n")
        .contains("# TYPE b_num gauge\nb_num 1.5\n")
        .contains("c_latency_bucket{le=\"0.5\",q=\"s\"} 1\n")
        .contains("c_latency_bucket{le=\"2.0\",q=\"s\"} 1\n")
        .contains("c_latency_bucket{le=\"4.0\",q=\"s\"} 2\n")
        .contains("c_latency_bucket{le=\"131072.0\",q=\"s\"} 2\n")
        .contains("c_latency_bucket{le=\"+Inf\",q=\"s\"} 3\n")
        .contains("c_latency_count{q=\"s\"} 3\n");
  }

  @Test
  void oneSeriesForEqualLabels() {
    Counter first = registry.counter("a", "", Labels.of("x", "1").and("y", "2"));
    Counter second = registry.counter("a", "", Labels.of("y", "2").and("x", "1"));

    assertThat(first).isSameAs(second);
    assertThatThrownBy(() -> registry.histogram("a", "", Labels.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name=a");
  }

  @Test
  void numberOfSeriesIsBounded() {
    for (int i = 0; i < MetricRegistry.MAXIMUM_SERIES + 50; i++) {
      registry.counter("a", "", Labels.of("name", "n" + i)).increment();
    }

    assertThat(registry.families().get("a").series()).hasSize(MetricRegistry.MAXIMUM_SERIES + 1);
    assertThat(registry.counter("a", "", Labels.of("name", "other")).value()).isEqualTo(50);
  }

  @Test
  void mirrorSeesEverythingOnce() {
    registry.counter("before", "", Labels.NONE).add(5);
    registry.gauge("gauge", "", Labels.NONE, () -> 1);
    registry.histogram("early", "", Labels.NONE).observe(3);
    RecordingMirror mirror = new RecordingMirror();

    registry.mirrorTo(mirror);
    registry.counter("before", "", Labels.NONE).add(2);
    registry.counter("after", "", Labels.NONE).add(7);
    registry.histogram("time", "", Labels.NONE).observe(4);
    registry.gauge("gauge", "", Labels.NONE, () -> 2);

    assertThat(mirror.counters).isEqualTo(Map.of("before", 7L, "after", 7L));
    assertThat(mirror.gauges.get("early_sum").getAsDouble()).isEqualTo(3);
    assertThat(mirror.gauges.get("time_count").getAsDouble()).isEqualTo(1);
    assertThat(mirror.gauges.get("time_sum").getAsDouble()).isEqualTo(4);
    assertThat(mirror.gauges.get("gauge").getAsDouble()).isEqualTo(2);
  }
}
