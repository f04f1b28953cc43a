package dev.sagitta.bench.ann;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Search parameters to try: groups of ascending effort, so that a group can be left as soon as it
 * finds everything.
 *
 * @param groups parameters by name
 */
record Sweep(List<List<Map<String, String>>> groups) {
  Sweep {
    groups = List.copyOf(groups);
    if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("sweep is empty: groups=" + groups);
    }
  }

  /** One group over a single parameter. */
  static Sweep of(String name, int... efforts) {
    return new Sweep(List.of(group(Map.of(), name, efforts)));
  }

  /** No parameters at all. */
  static Sweep none() {
    return new Sweep(List.of(List.of(Map.of())));
  }

  /** A group over {@code name} for each value of another parameter. */
  static Sweep of(String outer, int[] values, String name, int... efforts) {
    List<List<Map<String, String>>> groups = new ArrayList<>();
    for (int value : values) {
      groups.add(group(Map.of(outer, Integer.toString(value)), name, efforts));
    }
    return new Sweep(groups);
  }

  /** Some parameters of moderate effort, to warm up with. */
  Map<String, String> middle() {
    List<Map<String, String>> group = groups.get(groups.size() / 2);
    return group.get(group.size() / 2);
  }

  private static List<Map<String, String>> group(
      Map<String, String> fixed, String name, int... efforts) {
    List<Map<String, String>> group = new ArrayList<>();
    for (int effort : efforts) {
      Map<String, String> parameters = new LinkedHashMap<>(fixed);
      parameters.put(name, Integer.toString(effort));
      group.add(parameters);
    }
    return group;
  }
}
