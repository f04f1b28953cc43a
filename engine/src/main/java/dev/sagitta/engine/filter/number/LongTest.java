package dev.sagitta.engine.filter.number;

/** A test of 64-bit integers. Immutable. */
public sealed interface LongTest permits LongRange, LongSet {
  boolean contains(long value);

  /** Whether some integer from minimum to maximum, both included, passes. */
  boolean containsAnyOf(long minimum, long maximum);

  /**
   * Tests the first {@code count} (at most 64) values; bit i of the answer is for value i, bits
   * from {@code count} on may be anything.
   */
  long matches(long[] values, int count);
}
