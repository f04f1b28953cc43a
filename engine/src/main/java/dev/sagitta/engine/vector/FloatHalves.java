package dev.sagitta.engine.vector;

/** The two halves of a float, as {@link HalvedFloatKernel} defines them. */
public final class FloatHalves {
  private FloatHalves() {}

  /** The nearest bfloat16; infinite for finite numbers that are larger than any. */
  public static short upper(float value) {
    return (short) ((Float.floatToRawIntBits(value) + 0x8000) >>> 16);
  }

  /** What has to be added to the upper half's bits. */
  public static short lower(float value) {
    return (short) Float.floatToRawIntBits(value);
  }

  /** The float, to the last bit. */
  public static float join(short upper, short lower) {
    return Float.intBitsToFloat((upper << 16) + lower);
  }
}
