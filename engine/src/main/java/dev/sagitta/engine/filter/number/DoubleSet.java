package dev.sagitta.engine.filter.number;

/** An immutable set of doubles, by their bits; both zeros are one value. */
public final class DoubleSet implements DoubleTest {
  private final LongSet bits;

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
