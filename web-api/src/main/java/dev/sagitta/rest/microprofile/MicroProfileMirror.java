package dev.sagitta.rest.microprofile;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricMirror;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Shows our metrics in the server's MicroProfile registry. */
final class MicroProfileMirror implements MetricMirror {
  private final MetricRegistry registry;

  MicroProfileMirror(MetricRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
  }

  @Override
  public LongConsumer counter(String name, String help, Labels labels) {
    Counter counter = registry.counter(metadata(name, help), tags(labels));
    return counter::inc;
  }

  @Override
  public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
    registry.gauge(metadata(name, help), value, DoubleSupplier::getAsDouble, tags(labels));
  }

  private static Metadata metadata(String name, String help) {
    return Metadata.builder().withName(name).withDescription(help).build();
  }

  private static Tag[] tags(Labels labels) {
    return labels.values().entrySet().stream()
        .map(label -> new Tag(label.getKey(), label.getValue()))
        .toArray(Tag[]::new);
  }
}
