package dev.sagitta.engine.filter.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sagitta.engine.filter.number.DoubleRange;

/**
 * A JSON number: a long when it is written as an integer that fits one, else a double. Belongs to
 * one thread.
 */
final class JsonNumber {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT_MANTISSA = 1L << 53;

  /** Digits that never overflow a long. */
  private static final int SAFE_DIGITS = 18;

  private boolean isLong;
  private long longValue;
  private double doubleValue;

  boolean isLong() {
    return isLong;
  }

  long longValue() {
    return longValue;
  }

  double doubleValue() {
    return isLong ? longValue : doubleValue;
  }

  /** Whether {@link #doubleValue} is only near the number: a long that no double equals. */
  boolean isRounded() {
    return isLong && DoubleRange.compare(longValue, (double) longValue) != 0;
  }

  /** Reads the number in {@code text[from, to)}; false if it is none. */
  boolean read(byte[] text, int from, int to) {
    int position = from;
    boolean negative = position < to && text[position] == '-';
    if (negative) {
      position++;
    }
    int digitsStart = position;
    long mantissa = 0;
    while (position < to && isDigit(text[position])) {
      mantissa = mantissa * 10 + (text[position++] - '0');
    }
    int digits = position - digitsStart;
    if (digits == 0) {
      return false;
    }
    if (position == to) {
      if (digits <= SAFE_DIGITS) {
        isLong = true;
        longValue = negative ? -mantissa : mantissa;
        return true;
      }
      return readLongInteger(text, from, to);
    }
    return readDouble(text, from, to, position, mantissa, digits, negative);
  }

  private boolean readLongInteger(byte[] text, int from, int to) {
    String number = new String(text, from, to - from, ISO_8859_1);
    try {
      longValue = Long.parseLong(number);
      isLong = true;
    } catch (NumberFormatException e) {
      isLong = false;
      doubleValue = Double.parseDouble(number);
    }
    return true;
  }

  /** Fraction and exponent; the short ones are exact by one multiplication or division. */
  private boolean readDouble(
      byte[] text, int from, int to, int dot, long whole, int wholeDigits, boolean negative) {
    int position = dot;
    long mantissa = whole;
    int digits = wholeDigits;
    int exponent = 0;
    if (text[position] == '.') {
      position++;
      while (position < to && isDigit(text[position])) {
        mantissa = mantissa * 10 + (text[position++] - '0');
        exponent--;
      }
      if (exponent == 0) {
        return false;
      }
      digits -= exponent;
    }
    if (position == to
        && digits <= SAFE_DIGITS
        && mantissa <= EXACT_MANTISSA
        && -exponent < POWERS_OF_TEN.length) {
      double value = mantissa / POWERS_OF_TEN[-exponent];
      isLong = false;
      doubleValue = negative ? -value : value;
      return true;
    }
    try {
      isLong = false;
      doubleValue = Double.parseDouble(new String(text, from, to - from, ISO_8859_1));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
