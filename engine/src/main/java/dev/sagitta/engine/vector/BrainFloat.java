package dev.sagitta.engine.vector;

/** Numbers of 16 bits with the exponent of a float32 ("bfloat16"): its upper half. */
public final class BrainFloat {
  private BrainFloat() {}

  /** The nearest such number, ties to the even one; what is too large becomes infinite. */
  public static short toBits(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN into infinity.
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
