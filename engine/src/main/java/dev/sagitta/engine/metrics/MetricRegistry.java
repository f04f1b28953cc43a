package dev.sagitta.engine.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * All metrics of a process. Asking for a series twice gives the same one, so callers may look it up
 * each time or keep it. A metric has at most {@value #MAXIMUM_SERIES} series; what would be more is
 * counted in one whose labels are {@code other}. Safe for concurrent use.
 */
public final class MetricRegistry {
  static final int MAXIMUM_SERIES = 1000;

  private static final MetricRegistry PROCESS = new MetricRegistry();

  private final ConcurrentMap<String, Family> families = new ConcurrentHashMap<>();
  private volatile Optional<MetricMirror> mirror = Optional.empty();

  /** A registry of its own, for tests; others use {@link #process()}. */
  public MetricRegistry() {}

  /** The registry of this process. */
  public static MetricRegistry process() {
    return PROCESS;
  }

  /** The counter of this name and these labels. By convention the name ends in {@code _count}. */
  public Counter counter(String name, String help, Labels labels) {
    Family family = family(name, help, "counter");
    return (Counter)
        series(
            family,
            labels,
            seriesLabels -> {
              Counter counter = new Counter();
              mirror.ifPresent(
                  target -> counter.mirrorTo(target.counter(name, help, seriesLabels)));
              return counter;
            });
  }

  /** The histogram of milliseconds of this name and these labels. */
  public Histogram histogram(String name, String help, Labels labels) {
    Family family = family(name, help, "histogram");
    return (Histogram)
        series(
            family,
            labels,
            seriesLabels -> {
              Histogram histogram = new Histogram();
              mirror.ifPresent(target -> mirrorHistogram(target, family, seriesLabels, histogram));
              return histogram;
            });
  }

  /** Sets where a gauge is read; a later call replaces an earlier one of the same labels. */
  public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
    requireNonNull(value, "value is null");
    Family family = family(name, help, "gauge");
    if (family.series.put(labels, value) == null) {
      mirror.ifPresent(target -> mirrorGauge(target, family, labels));
    }
  }

  /** Shows all metrics, present and future ones, in another system too. Called once. */
  public synchronized void mirrorTo(MetricMirror target) {
    mirror = Optional.of(requireNonNull(target, "target is null"));
    families.values().forEach(family -> mirrorFamily(target, family));
  }

  private void mirrorFamily(MetricMirror target, Family family) {
    family.series.forEach(
        (labels, series) -> {
          switch (series) {
            case Counter counter ->
                counter.mirrorTo(target.counter(family.name, family.help, labels));
            case Histogram histogram -> mirrorHistogram(target, family, labels, histogram);
            default -> mirrorGauge(target, family, labels);
          }
        });
  }

  private static void mirrorHistogram(
      MetricMirror target, Family family, Labels labels, Histogram histogram) {
    target.gauge(family.name + "_count", family.help, labels, histogram::count);
    target.gauge(family.name + "_sum", family.help, labels, histogram::sum);
  }

  private static void mirrorGauge(MetricMirror target, Family family, Labels labels) {
    target.gauge(
        family.name,
        family.help,
        labels,
        () -> ((DoubleSupplier) family.series.get(labels)).getAsDouble());
  }

  /** All families by name. */
  Map<String, Family> families() {
    return new TreeMap<>(families);
  }

  private Family family(String name, String help, String kind) {
    Family family = families.computeIfAbsent(name, ignored -> new Family(name, help, kind));
    if (!family.kind.equals(kind)) {
      throw new IllegalArgumentException(
          "metric of another kind: name=" + name + " kind=" + kind + " expected=" + family.kind);
    }
    return family;
  }

  private static Object series(Family family, Labels labels, Function<Labels, Object> create) {
    Object existing = family.series.get(labels);
    if (existing != null) {
      return existing;
    }
    Labels bounded = family.series.size() < MAXIMUM_SERIES ? labels : labels.withAllValues("other");
    return family.series.computeIfAbsent(bounded, create);
  }

  /** One metric: its series by labels. */
  record Family(String name, String help, String kind, ConcurrentMap<Labels, Object> series) {
    Family(String name, String help, String kind) {
      this(name, help, kind, new ConcurrentHashMap<>());
    }
  }
}
