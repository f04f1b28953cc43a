package dev.sagitta.engine.filter.syntax;

/** Values of the literals of the grammar. */
final class Literals {
  private Literals() {}

  /**
   * The value of an integer literal: decimal, octal with a leading 0, {@code 0x} or {@code 0b}.
   *
   * @param negative whether a minus stands before it, so that the smallest int64 can be written
   */
  static long integer(String text, boolean negative) {
    int radix = 10;
    String digits = text;
    if (text.startsWith("0x") || text.startsWith("0X")) {
      radix = 16;
      digits = text.substring(2);
    } else if (text.startsWith("0b") || text.startsWith("0B")) {
      radix = 2;
      digits = text.substring(2);
    } else if (text.length() > 1 && text.startsWith("0")) {
      radix = 8;
      digits = text.substring(1);
    }
    try {
      return Long.parseLong(negative ? "-" + digits : digits, radix);
    } catch (NumberFormatException e) {
      throw new InvalidExpressionException(
          "invalid int64 literal: value=" + (negative ? "-" : "") + text);
    }
  }

  /** The value of a decimal or hexadecimal floating-point literal. */
  static double floatingPoint(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new InvalidExpressionException("float literal is out of range: value=" + text);
    }
    return value;
  }

  /** The characters of a string literal: prefix and quotes dropped, C escapes resolved. */
  static String string(String text) {
    int start = 0;
    while (text.charAt(start) != '"' && text.charAt(start) != '\'') {
      start++;
    }
    String body = text.substring(start + 1, text.length() - 1);
    if (body.indexOf('\\') < 0) {
      return body;
    }
    return new EscapeReader(body).read();
  }
}
