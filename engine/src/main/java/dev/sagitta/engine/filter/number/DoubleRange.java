package dev.sagitta.engine.filter.number;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;

/** The doubles from minimum to maximum, both included; empty when {@code minimum > maximum}. */
public record DoubleRange(double minimum, double maximum) implements DoubleTest {
  private static final DoubleRange EMPTY = new DoubleRange(1, 0);
  private static final double LOWEST = Double.NEGATIVE_INFINITY;
  private static final double HIGHEST = Double.POSITIVE_INFINITY;

  /**
   * The doubles x for which {@code x operator constant} holds; for {@code !=} those for which it
   * does not hold.
   *
   * @param constant Long or Double; compared exactly, also longs that no double equals
   */
  public static DoubleRange of(ComparisonOperator operator, Number constant) {
    double nearest = constant.doubleValue();
    int order = constant instanceof Long value ? compare(value, nearest) : 0;
    if (order == 0) {
      return ofDouble(operator, nearest);
    }
    if (operator.isEquality()) {
      return EMPTY;
    }
    // The constant lies strictly between two doubles, of which nearest is one.
    if (operator.isLess()) {
      return new DoubleRange(LOWEST, order > 0 ? nearest : Math.nextDown(nearest));
    }
    return new DoubleRange(order < 0 ? nearest : Math.nextUp(nearest), HIGHEST);
  }

  private static DoubleRange ofDouble(ComparisonOperator operator, double constant) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> new DoubleRange(constant, constant);
      case LESS -> new DoubleRange(LOWEST, Math.nextDown(constant));
      case LESS_OR_EQUAL -> new DoubleRange(LOWEST, constant);
      case GREATER -> new DoubleRange(Math.nextUp(constant), HIGHEST);
      case GREATER_OR_EQUAL -> new DoubleRange(constant, HIGHEST);
    };
  }

  /** Compares exactly, where a cast of the long would round. */
  public static int compare(long left, double right) {
    if (right >= 0x1p63) {
      return -1;
    }
    if (right < -0x1p63) {
      return 1;
    }
    long whole = (long) right;
    if (left != whole) {
      return Long.compare(left, whole);
    }
    double fraction = right - whole;
    return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
  }

  public DoubleRange intersect(DoubleRange other) {
    return new DoubleRange(Math.max(minimum, other.minimum), Math.min(maximum, other.maximum));
  }

  @Override
  public boolean contains(double value) {
    return value >= minimum && value <= maximum;
  }

  @Override
  public boolean containsAnyOf(double lowest, double highest) {
    return Math.max(minimum, lowest) <= Math.min(maximum, highest);
  }

  @Override
  public long matches(double[] values, int count) {
    if (!(minimum <= maximum)) {
      return 0;
    }
    long low = OrderedBits.of(minimum);
    long span = OrderedBits.of(maximum) - low;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= LongRange.unsignedGreater(OrderedBits.of(values[i]) - low, span) << i;
    }
    return ~bits;
  }
}
