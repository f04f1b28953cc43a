package dev.sagitta.rest.json;

/**
 * Finds where values of a JSON text begin and end without parsing them: strings are skipped,
 * brackets are matched, nesting is bounded. What lies inside is checked by whoever parses the range
 * later.
 */
final class BodyScanner {
  private final byte[] bytes;
  private final int end;
  private final boolean[] objectAtDepth = new boolean[Json.MAXIMUM_DEPTH];
  private int position;

  BodyScanner(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  /** Begins at the value's first byte. */
  BodyScanner(JsonRange range) {
    this(range.bytes(), range.offset() + range.length());
    this.position = range.offset();
  }

  int position() {
    return position;
  }

  /** The next byte that is not white space, or -1 at the end; does not move past it. */
  int peek() {
    while (position < end) {
      byte next = bytes[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next;
      }
      position++;
    }
    return -1;
  }

  /** Skips white space and the given byte. */
  void expect(char wanted) {
    int next = peek();
    if (next != wanted) {
      throw unexpected(next, "'" + wanted + "'");
    }
    position++;
  }

  /** Skips white space and one value; its range is from the first non-blank to the position. */
  void skipValue() {
    int first = peek();
    switch (first) {
      case '"' -> skipString();
      case '{', '[' -> skipContainer();
      case -1, ',', ':', '}', ']' -> throw unexpected(first, "a value");
      default -> skipLiteral();
    }
  }

  RuntimeException unexpected(int found, String wanted) {
    if (found < 0) {
      return JsonErrors.malformed("unexpected end of JSON input: offset=" + position);
    }
    return JsonErrors.malformed(
        "unexpected character: character='"
            + (char) found
            + "' offset="
            + position
            + " expected="
            + wanted);
  }

  private void skipString() {
    position++;
    while (position < end) {
      byte next = bytes[position++];
      if (next == '"') {
        return;
      }
      if (next == '\\') {
        position++;
      }
    }
    position = end;
    throw unexpected(-1, "end of string");
  }

  private void skipLiteral() {
    while (position < end) {
      byte next = bytes[position];
      if ((next <= ' ' && next >= 0) || next == ',' || next == '}' || next == ']') {
        return;
      }
      position++;
    }
  }

  private void skipContainer() {
    int depth = 0;
    do {
      if (position >= end) {
        throw unexpected(-1, "end of container");
      }
      byte next = bytes[position];
      switch (next) {
        case '"' -> skipString();
        case '{', '[' -> {
          if (depth == objectAtDepth.length - 1) {
            throw JsonErrors.malformed(
                "nesting too deep: offset=" + position + " limit=" + Json.MAXIMUM_DEPTH);
          }
          objectAtDepth[depth++] = next == '{';
          position++;
        }
        case '}', ']' -> {
          boolean object = objectAtDepth[--depth];
          if (object != (next == '}')) {
            throw unexpected(next, object ? "'}'" : "']'");
          }
          position++;
        }
        default -> position++;
      }
    } while (depth > 0);
  }
}
