package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Groups of hits by the value of a field. A group's value is a Boolean, a Long or a String (of JSON
 * also a Double); rows without a value form a group of their own, the empty value.
 *
 * @param fieldId field that holds the values
 * @param jsonPath keys to a value inside a JSON field; empty for other fields
 * @param size most hits of a group
 * @param strict goes on until the groups are full; else hits farther than the first hit of the last
 *     group are left out
 * @param only the groups wanted; empty means the nearest ones
 */
public record Grouping(
    long fieldId,
    List<String> jsonPath,
    int size,
    boolean strict,
    Optional<Set<Optional<Object>>> only) {
  public Grouping {
    jsonPath = List.copyOf(jsonPath);
    requireNonNull(only, "only is null");
    if (size < 1) {
      throw new IllegalArgumentException("group without hits: size=" + size);
    }
  }

  public Grouping withOnly(Set<Optional<Object>> groups) {
    return new Grouping(fieldId, jsonPath, size, strict, Optional.of(Set.copyOf(groups)));
  }
}
