package dev.sagitta.engine.filter.number;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;

/**
 * One range of numbers for values that may be longs or doubles, as in JSON. Both views stand for
 * the same mathematical range.
 */
public record NumberRange(LongRange longs, DoubleRange doubles) {
  public NumberRange {
    requireNonNull(longs, "longs is null");
    requireNonNull(doubles, "doubles is null");
  }

  /**
   * The numbers x for which {@code x operator constant} holds; for {@code !=} the others.
   *
   * @param constant Long or Double
   */
  public static NumberRange of(ComparisonOperator operator, Number constant) {
    return new NumberRange(LongRange.of(operator, constant), DoubleRange.of(operator, constant));
  }

  public NumberRange intersect(NumberRange other) {
    return new NumberRange(longs.intersect(other.longs), doubles.intersect(other.doubles));
  }
}
