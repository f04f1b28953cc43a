package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known about one field of a chunk.
 *
 * @param nullCount number of null rows
 * @param range smallest and largest value, where it is kept
 */
public record FieldStats(int nullCount, Optional<ValueRange> range) {
  public FieldStats {
    requireNonNull(range, "range is null");
  }
}
