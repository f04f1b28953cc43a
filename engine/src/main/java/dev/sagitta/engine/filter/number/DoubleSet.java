package dev.sagitta.engine.filter.number;

import java.util.Arrays;

/** An immutable set of doubles, by their bits; both zeros are one value. */
public final class DoubleSet implements DoubleTest {
  private final LongSet bits;

  /** Made when first asked for. */
  private volatile long[] sorted;

  public DoubleSet(double[] values) {
    long[] valueBits = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      valueBits[i] = bitsOf(values[i]);
    }
    bits = new LongSet(valueBits);
  }

  private static long bitsOf(double value) {
    // Adding zero turns -0.0 into 0.0 and changes nothing else.
    return Double.doubleToRawLongBits(value + 0.0);
  }

  /** The values as {@link OrderedBits}, each once, ascending; not to be changed. */
  public long[] sortedBits() {
    long[] ordered = sorted;
    if (ordered == null) {
      ordered =
          Arrays.stream(bits.sortedValues())
              .map(value -> OrderedBits.of(Double.longBitsToDouble(value)))
              .sorted()
              .toArray();
      sorted = ordered;
    }
    return ordered;
  }

  @Override
  public boolean containsAnyOf(double lowest, double highest) {
    long[] ordered = sortedBits();
    int position = Arrays.binarySearch(ordered, OrderedBits.of(lowest));
    int next = position >= 0 ? position : -position - 1;
    return next < ordered.length && ordered[next] <= OrderedBits.of(highest);
  }

  @Override
  public boolean contains(double value) {
    return bits.contains(bitsOf(value));
  }

  @Override
  public long matches(double[] values, int count) {
    long result = 0;
    for (int i = 0; i < count; i++) {
      if (contains(values[i])) {
        result |= 1L << i;
      }
    }
    return result;
  }
}
