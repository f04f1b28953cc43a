package dev.sagitta.engine.filter.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks over JSON text by positions. Text that is not JSON is walked over in some way without an
 * error and without leaving its bounds; it then simply holds no such value. One scanner belongs to
 * one thread.
 */
final class JsonScanner {
  private static final int ABSENT = -1;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = LOW_BITS * '"';
  private static final long BACKSLASHES = LOW_BITS * '\\';

  private byte[] text = {};
  private int end;
  private final JsonText keyText = new JsonText();

  void reset(byte[] newText, int length) {
    text = newText;
    end = length;
  }

  byte[] text() {
    return text;
  }

  int end() {
    return end;
  }

  /** Position of the value at the path, or -1. */
  int find(JsonPath path) {
    int position = skipBlanks(0);
    for (int step = 0; step < path.length(); step++) {
      if (position >= end) {
        return ABSENT;
      }
      position =
          switch (text[position]) {
            case '{' -> findMember(position, path.key(step));
            case '[' -> findElement(position, path.index(step));
            default -> ABSENT;
          };
      if (position < 0) {
        return ABSENT;
      }
    }
    return position < end ? position : ABSENT;
  }

  private int findMember(int object, byte[] key) {
    int position = skipBlanks(object + 1);
    while (position < end && text[position] == '"') {
      int keyEnd = skipString(position);
      int colon = skipBlanks(keyEnd);
      if (colon >= end || text[colon] != ':') {
        return ABSENT;
      }
      int value = skipBlanks(colon + 1);
      if (keyEquals(position, keyEnd, key)) {
        return value;
      }
      position = skipComma(skipValue(value));
    }
    return ABSENT;
  }

  /** Position of the first key of the object that starts at {@code object}, or -1. */
  int firstKey(int object) {
    return keyAt(skipBlanks(object + 1));
  }

  /** Position of the value of the key at {@code key}, or -1. */
  int valueOfKey(int key) {
    int colon = skipBlanks(skipString(key));
    if (colon >= end || text[colon] != ':') {
      return ABSENT;
    }
    int value = skipBlanks(colon + 1);
    return value < end ? value : ABSENT;
  }

  /** Position of the key behind the value at {@code value}, or -1. */
  int nextKey(int value) {
    return keyAt(skipComma(skipValue(value)));
  }

  private int keyAt(int position) {
    return position < end && text[position] == '"' ? position : ABSENT;
  }

  private boolean keyEquals(int start, int behind, byte[] key) {
    int length = behind - start - 2;
    if (length == key.length && Arrays.equals(text, start + 1, behind - 1, key, 0, length)) {
      return true;
    }
    // A key with escapes is longer than what it stands for.
    if (length <= key.length || !keyText.hasEscapes(text, start + 1, behind - 1)) {
      return false;
    }
    keyText.read(text, start, behind);
    return Arrays.equals(
        keyText.bytes(), keyText.start(), keyText.start() + keyText.length(), key, 0, key.length);
  }

  private int findElement(int array, int index) {
    int position = firstElement(array);
    for (int i = 0; i < index && position >= 0; i++) {
      position = nextElement(position);
    }
    return index < 0 ? ABSENT : position;
  }

  /** Position of the first element of the array that starts at {@code array}, or -1. */
  int firstElement(int array) {
    int position = skipBlanks(array + 1);
    return position < end && text[position] != ']' ? position : ABSENT;
  }

  /** Position of the element behind the one at {@code element}, or -1. */
  int nextElement(int element) {
    int position = skipBlanks(skipValue(element));
    if (position >= end || text[position] != ',') {
      return ABSENT;
    }
    position = skipBlanks(position + 1);
    return position < end ? position : ABSENT;
  }

  /** The position behind the value, or the end of the text. */
  int skipValue(int position) {
    if (position >= end) {
      return end;
    }
    return switch (text[position]) {
      case '"' -> skipString(position);
      case '{', '[' -> skipNested(position);
      default -> skipBare(position);
    };
  }

  private int skipNested(int start) {
    int depth = 0;
    int position = start;
    while (position < end) {
      switch (text[position]) {
        case '"' -> position = skipString(position);
        case '{', '[' -> {
          depth++;
          position++;
        }
        case '}', ']' -> {
          depth--;
          position++;
          if (depth == 0) {
            return position;
          }
        }
        default -> position++;
      }
    }
    return end;
  }

  /** Numbers, true, false, null; at least one byte, so that walking always goes on. */
  private int skipBare(int start) {
    int position = start + 1;
    while (position < end) {
      byte character = text[position];
      if (character == ','
          || character == '}'
          || character == ']'
          || (character <= ' ' && character >= 0)) {
        return position;
      }
      position++;
    }
    return end;
  }

  /** The position behind the closing quote of the string that opens at {@code start}. */
  int skipString(int start) {
    int position = start + 1;
    while (position < end) {
      position = findQuoteOrBackslash(position);
      if (position >= end) {
        return end;
      }
      if (text[position] == '"') {
        return position + 1;
      }
      position += 2;
    }
    return end;
  }

  /**
   * Eight bytes a step: a byte that is zero after the exclusive or borrows when one is subtracted.
   * The lowest marked byte is always a true one (Hacker's Delight, 6-1).
   */
  private int findQuoteOrBackslash(int from) {
    int position = from;
    for (; position + Long.BYTES <= end; position += Long.BYTES) {
      long word = (long) EIGHT_BYTES.get(text, position);
      long quotes = word ^ QUOTES;
      long backslashes = word ^ BACKSLASHES;
      long found =
          (((quotes - LOW_BITS) & ~quotes) | ((backslashes - LOW_BITS) & ~backslashes)) & HIGH_BITS;
      if (found != 0) {
        return position + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (position < end && text[position] != '"' && text[position] != '\\') {
      position++;
    }
    return position;
  }

  private int skipComma(int from) {
    int position = skipBlanks(from);
    return position < end && text[position] == ',' ? skipBlanks(position + 1) : end;
  }

  private int skipBlanks(int from) {
    int position = from;
    while (position < end && text[position] <= ' ' && text[position] >= 0) {
      position++;
    }
    return position;
  }
}
