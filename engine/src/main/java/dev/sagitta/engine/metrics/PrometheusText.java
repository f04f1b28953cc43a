package dev.sagitta.engine.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Writes a registry in Prometheus's text exposition format, version 0.0.4. */
public final class PrometheusText {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  private PrometheusText() {}

  public static String of(MetricRegistry registry) {
    PrometheusText writer = new PrometheusText();
    registry.families().values().forEach(writer::writeFamily);
    return writer.text.toString();
  }

  private void writeFamily(MetricRegistry.Family family) {
    text.append("# HELP ").append(family.name()).append(' ').append(family.help()).append('\n');
    text.append("# TYPE ").append(family.name()).append(' ').append(family.kind()).append('\n');
    family
        .series()
        .forEach(
            (labels, series) -> {
              switch (series) {
                case Counter counter ->
                    writeSample(family.name(), labels, (double) counter.value());
                case Histogram histogram -> writeHistogram(family.name(), labels, histogram);
                default ->
                    writeSample(family.name(), labels, ((DoubleSupplier) series).getAsDouble());
              }
            });
  }

  private void writeHistogram(String name, Labels labels, Histogram histogram) {
    long cumulated = 0;
    for (int bucket = 0; bucket < histogram.bucketCount(); bucket++) {
      cumulated += histogram.countInBucket(bucket);
      String bound = Double.toString(histogram.bound(bucket));
      writeSample(name + "_bucket", labels.and("le", bound), (double) cumulated);
    }
    cumulated += histogram.countInBucket(histogram.bucketCount());
    writeSample(name + "_bucket", labels.and("le", "+Inf"), (double) cumulated);
    writeSample(name + "_sum", labels, histogram.sum());
    writeSample(name + "_count", labels, (double) cumulated);
  }

  private void writeSample(String name, Labels labels, double value) {
    text.append(name);
    String separator = "{";
    for (Map.Entry<String, String> label : new TreeMap<>(labels.values()).entrySet()) {
      text.append(separator).append(label.getKey()).append("=\"");
      text.append(escape(label.getValue())).append('"');
      separator = ",";
    }
    text.append(labels.values().isEmpty() ? " " : "} ");
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    text.append(whole ? Long.toString((long) value) : Double.toString(value)).append('\n');
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
