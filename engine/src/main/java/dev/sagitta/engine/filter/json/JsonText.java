package dev.sagitta.engine.filter.json;

/**
 * The characters of a JSON string as UTF-8: a slice of the text itself, or a copy when escapes had
 * to be resolved. Belongs to one thread.
 */
final class JsonText {
  private byte[] buffer = {};
  private byte[] bytes = {};
  private int start;
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  boolean hasEscapes(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** Reads the string from its opening quote to {@code behind}, past its closing one. */
  void read(byte[] text, int quote, int behind) {
    int from = quote + 1;
    int to = Math.max(from, behind - 1);
    if (hasEscapes(text, from, to)) {
      decode(text, from, to);
    } else {
      bytes = text;
      start = from;
      length = to - from;
    }
  }

  private void decode(byte[] text, int from, int to) {
    // Decoded text is never longer: the shortest escape has two bytes and stands for one.
    if (buffer.length < to - from) {
      buffer = new byte[Math.max(to - from, 64)];
    }
    bytes = buffer;
    start = 0;
    length = 0;
    int position = from;
    while (position < to) {
      byte character = text[position++];
      if (character != '\\' || position == to) {
        buffer[length++] = character;
        continue;
      }
      byte escape = text[position++];
      switch (escape) {
        case 'b' -> buffer[length++] = '\b';
        case 'f' -> buffer[length++] = '\f';
        case 'n' -> buffer[length++] = '\n';
        case 'r' -> buffer[length++] = '\r';
        case 't' -> buffer[length++] = '\t';
        case 'u' -> position = decodeUnicode(text, position, to);
        default -> buffer[length++] = escape;
      }
    }
  }

  private int decodeUnicode(byte[] text, int position, int to) {
    int codePoint = hexadecimal(text, position, to);
    if (codePoint < 0) {
      buffer[length++] = 'u';
      return position;
    }
    int next = position + 4;
    if (Character.isHighSurrogate((char) codePoint)
        && next + 1 < to
        && text[next] == '\\'
        && text[next + 1] == 'u') {
      int low = hexadecimal(text, next + 2, to);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        codePoint = Character.toCodePoint((char) codePoint, (char) low);
        next += 6;
      }
    }
    putCodePoint(codePoint);
    return next;
  }

  private static int hexadecimal(byte[] text, int position, int to) {
    if (position + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int i = position; i < position + 4; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private void putCodePoint(int codePoint) {
    if (codePoint < 0x80) {
      buffer[length++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      buffer[length++] = (byte) (0xC0 | (codePoint >>> 6));
      putContinuation(codePoint);
    } else if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
      // A lone surrogate has no UTF-8; Java encodes it as a question mark, so do we.
      buffer[length++] = '?';
    } else if (codePoint < 0x10000) {
      buffer[length++] = (byte) (0xE0 | (codePoint >>> 12));
      putContinuation(codePoint >>> 6);
      putContinuation(codePoint);
    } else {
      buffer[length++] = (byte) (0xF0 | (codePoint >>> 18));
      putContinuation(codePoint >>> 12);
      putContinuation(codePoint >>> 6);
      putContinuation(codePoint);
    }
  }

  private void putContinuation(int bits) {
    buffer[length++] = (byte) (0x80 | (bits & 0x3F));
  }
}
