package dev.sagitta.engine.filter.syntax;

/**
 * Resolves C escapes. Escapes above 0x7f ({@code \xHH}, octal) mean code points, as there is no
 * byte string here. {@code \%} and {@code \_} are kept as two characters: they are the escapes of
 * {@code like}, which most people write with a single backslash.
 */
final class EscapeReader {
  private final String body;
  private final StringBuilder result;
  private int position;

  EscapeReader(String body) {
    this.body = body;
    this.result = new StringBuilder(body.length());
  }

  String read() {
    while (position < body.length()) {
      char character = body.charAt(position++);
      if (character == '\\') {
        readEscape();
      } else {
        result.append(character);
      }
    }
    return result.toString();
  }

  private void readEscape() {
    char escape = body.charAt(position++);
    switch (escape) {
      case 'a' -> result.append('\u0007');
      case 'b' -> result.append('\b');
      case 'f' -> result.append('\f');
      case 'n' -> result.append('\n');
      case 'r' -> result.append('\r');
      case 't' -> result.append('\t');
      case 'v' -> result.append('\u000b');
      case '\\', '\'', '"', '?' -> result.append(escape);
      case '%', '_' -> result.append('\\').append(escape);
      case 'x' -> appendHexadecimal(1, 2);
      case 'u' -> appendHexadecimal(4, 4);
      case 'U' -> appendHexadecimal(8, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        position--;
        appendOctal();
      }
      default ->
          throw new InvalidExpressionException("invalid escape in string: escape=\\" + escape);
    }
  }

  private void appendOctal() {
    int value = 0;
    int end = Math.min(position + 3, body.length());
    while (position < end && body.charAt(position) >= '0' && body.charAt(position) <= '7') {
      value = value * 8 + (body.charAt(position++) - '0');
    }
    result.appendCodePoint(value);
  }

  private void appendHexadecimal(int fewestDigits, int mostDigits) {
    int start = position;
    long value = 0;
    while (position < body.length()
        && position - start < mostDigits
        && Character.digit(body.charAt(position), 16) >= 0) {
      value = value * 16 + Character.digit(body.charAt(position++), 16);
    }
    if (position - start < fewestDigits || value > Character.MAX_CODE_POINT) {
      throw new InvalidExpressionException(
          "invalid escape in string: escape=" + body.substring(start - 2, position));
    }
    result.appendCodePoint((int) value);
  }
}
