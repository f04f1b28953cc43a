package dev.sagitta.engine.metrics;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values that tell the series of one metric apart. */
public record Labels(Map<String, String> values) {
  public static final Labels NONE = new Labels(Map.of());

  public Labels {
    values = Map.copyOf(requireNonNull(values, "values is null"));
  }

  public static Labels of(String name, String value) {
    return new Labels(Map.of(name, value));
  }

  public Labels and(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Labels(more);
  }

  /** The same names, all with one value: what is counted once a metric has too many series. */
  Labels withAllValues(String value) {
    Map<String, String> replaced = new LinkedHashMap<>();
    values.keySet().forEach(name -> replaced.put(name, value));
    return new Labels(replaced);
  }
}
