package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A step of a search iterator. The first step names neither timestamp nor bound; its answer has
 * what the following steps must name.
 *
 * @param readTimestamp timestamp at which the rows are read
 * @param lastBound the bound of the step before: the wanted rows are farther
 * @param token name of the iterator
 */
public record SearchIteration(
    OptionalLong readTimestamp, OptionalDouble lastBound, Optional<String> token) {
  public SearchIteration {
    requireNonNull(readTimestamp, "readTimestamp is null");
    requireNonNull(lastBound, "lastBound is null");
    requireNonNull(token, "token is null");
  }

  /**
   * What the next step must name.
   *
   * @param lastBound rows that were not given yet are farther than this
   */
  public record Position(long readTimestamp, double lastBound, String token) {
    public Position {
      requireNonNull(token, "token is null");
    }
  }
}
