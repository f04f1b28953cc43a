package dev.sagitta.engine.filter.number;

/** A test of doubles; NaN never passes. Immutable. */
public sealed interface DoubleTest permits DoubleRange, DoubleSet {
  boolean contains(double value);

  /** Whether some double from minimum to maximum, both included and neither NaN, passes. */
  boolean containsAnyOf(double minimum, double maximum);

  /**
   * Tests the first {@code count} (at most 64) values; bit i of the answer is for value i, bits
   * from {@code count} on may be anything.
   */
  long matches(double[] values, int count);
}
