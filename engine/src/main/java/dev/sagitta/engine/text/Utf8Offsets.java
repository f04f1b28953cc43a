package dev.sagitta.engine.text;

/** Turns offsets in chars into offsets in UTF-8 bytes; fast for offsets that mostly grow. */
final class Utf8Offsets {
  private final String text;
  private int chars;
  private int bytes;

  Utf8Offsets(String text) {
    this.text = text;
  }

  int of(int charOffset) {
    if (charOffset < chars) {
      chars = 0;
      bytes = 0;
    }
    int end = Math.min(charOffset, text.length());
    while (chars < end) {
      int codePoint = text.codePointAt(chars);
      chars += Character.charCount(codePoint);
      bytes += utf8Length(codePoint);
    }
    return bytes;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
