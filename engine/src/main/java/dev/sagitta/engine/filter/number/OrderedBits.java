package dev.sagitta.engine.filter.number;

/** Doubles as longs that compare like the doubles do. */
public final class OrderedBits {
  private OrderedBits() {}

  /**
   * Bits that compare as integers like the doubles do; both zeros are one, and NaN lies outside of
   * the infinities.
   */
  public static long of(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) >>> 1);
  }

  /** The double of these bits. */
  public static double toDouble(long orderedBits) {
    return Double.longBitsToDouble(orderedBits ^ ((orderedBits >> 63) >>> 1));
  }
}
