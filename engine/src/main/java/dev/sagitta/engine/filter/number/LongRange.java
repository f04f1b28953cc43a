package dev.sagitta.engine.filter.number;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;

/**
 * The integers from minimum to maximum, both included. Every comparison with a constant but {@code
 * !=} is such a range; one with {@code minimum > maximum} is empty.
 */
public record LongRange(long minimum, long maximum) implements LongTest {
  private static final LongRange EMPTY = new LongRange(0, -1);
  private static final LongRange ALL = new LongRange(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final double TWO_TO_63 = 0x1p63;

  /**
   * The integers x for which {@code x operator constant} holds; for {@code !=} those for which it
   * does not hold.
   *
   * @param constant Long or Double; compared exactly
   */
  public static LongRange of(ComparisonOperator operator, Number constant) {
    return constant instanceof Long value
        ? ofLong(operator, value)
        : ofDouble(operator, constant.doubleValue());
  }

  private static LongRange ofLong(ComparisonOperator operator, long constant) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> new LongRange(constant, constant);
      case LESS -> constant == Long.MIN_VALUE ? EMPTY : new LongRange(ALL.minimum, constant - 1);
      case LESS_OR_EQUAL -> new LongRange(ALL.minimum, constant);
      case GREATER -> constant == Long.MAX_VALUE ? EMPTY : new LongRange(constant + 1, ALL.maximum);
      case GREATER_OR_EQUAL -> new LongRange(constant, ALL.maximum);
    };
  }

  private static LongRange ofDouble(ComparisonOperator operator, double constant) {
    double floor = Math.floor(constant);
    if (constant >= TWO_TO_63) {
      return operator.isLess() ? ALL : EMPTY;
    }
    if (constant < -TWO_TO_63) {
      return operator.isLess() || operator.isEquality() ? EMPTY : ALL;
    }
    long whole = (long) floor;
    if (floor == constant) {
      return ofLong(operator, whole);
    }
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> EMPTY;
      case LESS, LESS_OR_EQUAL -> ofLong(ComparisonOperator.LESS_OR_EQUAL, whole);
      case GREATER, GREATER_OR_EQUAL -> ofLong(ComparisonOperator.GREATER, whole);
    };
  }

  public LongRange intersect(LongRange other) {
    return new LongRange(Math.max(minimum, other.minimum), Math.min(maximum, other.maximum));
  }

  @Override
  public boolean contains(long value) {
    return value >= minimum && value <= maximum;
  }

  @Override
  public boolean containsAnyOf(long lowest, long highest) {
    return Math.max(minimum, lowest) <= Math.min(maximum, highest);
  }

  @Override
  public long matches(long[] values, int count) {
    if (minimum > maximum) {
      return 0;
    }
    // One unsigned comparison without a branch: half of all branches would be mispredicted.
    long low = minimum;
    long span = maximum - minimum;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= unsignedGreater(values[i] - low, span) << i;
    }
    return ~bits;
  }

  /** 1 if {@code left > right} as unsigned numbers, else 0: the borrow of {@code right - left}. */
  static long unsignedGreater(long left, long right) {
    return ((~right & left) | (~(right ^ left) & (right - left))) >>> 63;
  }
}
