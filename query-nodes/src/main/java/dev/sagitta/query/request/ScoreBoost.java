package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes the scores of the nearest rows of each segment, before the best of all are chosen.
 *
 * @param functions at least one; those whose filter a row passes count for it
 * @param addFunctions combines values of several functions by a sum instead of a product
 * @param addToScore adds the value to the score instead of multiplying them
 */
public record ScoreBoost(List<Function> functions, boolean addFunctions, boolean addToScore) {
  public ScoreBoost {
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("boost without functions");
    }
  }

  /**
   * One function; its value is the weight, times a random number if there is one.
   *
   * @param filter rows that it counts for
   */
  public record Function(FilterText filter, float weight, Optional<RandomScore> random) {
    public Function {
      requireNonNull(filter, "filter is null");
      requireNonNull(random, "random is null");
    }
  }

  /**
   * A number from 0 to below 1 that depends on the seed and a value of the row only.
   *
   * @param fieldId integer or text field that gives the value; empty means the primary key
   */
  public record RandomScore(long seed, OptionalLong fieldId) {
    public RandomScore {
      requireNonNull(fieldId, "fieldId is null");
    }
  }
}
