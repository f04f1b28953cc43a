package dev.sagitta.engine.filter.text;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The first bytes of strings as numbers, for comparing eight at a time. */
public final class Utf8Prefixes {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private Utf8Prefixes() {}

  /**
   * The first eight bytes, zeros behind the end, as a number. As unsigned numbers these are ordered
   * like the strings, as far as eight bytes tell.
   */
  public static long firstEight(byte[] bytes, int offset, int length) {
    if (length >= Long.BYTES) {
      return (long) EIGHT_BYTES.get(bytes, offset);
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[offset + i] & 0xFFL) << (56 - 8 * i);
    }
    return value;
  }
}
