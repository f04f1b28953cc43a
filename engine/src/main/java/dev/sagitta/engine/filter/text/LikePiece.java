package dev.sagitta.engine.filter.text;

import java.util.Arrays;
import java.util.List;

/** The part of a {@code like} pattern between two {@code %}: bytes and one-character wildcards. */
final class LikePiece {
  private final byte[] bytes;

  /** 1 where {@link #bytes} stands for any one character. */
  private final byte[] wildcards;

  private final boolean plain;

  LikePiece(byte[] bytes, byte[] wildcards) {
    this.bytes = bytes;
    this.wildcards = wildcards;
    boolean anyWildcard = false;
    for (byte wildcard : wildcards) {
      anyWildcard |= wildcard != 0;
    }
    this.plain = !anyWildcard;
  }

  int length() {
    return bytes.length;
  }

  /** The bytes before the first wildcard. */
  byte[] leadingBytes() {
    int end = 0;
    while (end < bytes.length && wildcards[end] == 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** Adds the runs of bytes between wildcards. */
  void addLiterals(List<byte[]> literals) {
    int start = 0;
    for (int end = 0; end <= bytes.length; end++) {
      if (end == bytes.length || wildcards[end] != 0) {
        if (end > start) {
          literals.add(Arrays.copyOfRange(bytes, start, end));
        }
        start = end + 1;
      }
    }
  }

  /** Where the text goes on behind this piece if it stands at {@code position}, else -1. */
  int matchAt(byte[] text, int position, int end) {
    if (plain) {
      int last = position + bytes.length;
      return last <= end && Arrays.equals(text, position, last, bytes, 0, bytes.length) ? last : -1;
    }
    int current = position;
    for (int i = 0; i < bytes.length; i++) {
      if (current >= end) {
        return -1;
      }
      if (wildcards[i] != 0) {
        current = nextCharacter(text, current, end);
      } else if (text[current++] != bytes[i]) {
        return -1;
      }
    }
    return current;
  }

  /** Where the text goes on behind the first occurrence from {@code position} on, or -1. */
  int find(byte[] text, int position, int end) {
    if (plain) {
      return findPlain(text, position, end);
    }
    int start = position;
    boolean startsPlain = wildcards[0] == 0;
    while (start < end) {
      if (startsPlain && text[start] != bytes[0]) {
        start++;
        continue;
      }
      int behind = matchAt(text, start, end);
      if (behind >= 0) {
        return behind;
      }
      start = nextCharacter(text, start, end);
    }
    return -1;
  }

  private int findPlain(byte[] text, int position, int end) {
    byte first = bytes[0];
    int lastStart = end - bytes.length;
    for (int start = position; start <= lastStart; start++) {
      if (text[start] == first
          && Arrays.equals(text, start, start + bytes.length, bytes, 0, bytes.length)) {
        return start + bytes.length;
      }
    }
    return -1;
  }

  /** Whether the text from {@code lowest} on ends with this piece. */
  boolean matchesEnd(byte[] text, int lowest, int end) {
    int start = end;
    if (plain) {
      start -= bytes.length;
    } else {
      for (int i = bytes.length - 1; i >= 0 && start > lowest; i--) {
        start = wildcards[i] != 0 ? previousCharacter(text, start, lowest) : start - 1;
      }
    }
    return start >= lowest && matchAt(text, start, end) == end;
  }

  private static int nextCharacter(byte[] text, int position, int end) {
    int next = position + 1;
    while (next < end && isContinuation(text[next])) {
      next++;
    }
    return next;
  }

  private static int previousCharacter(byte[] text, int position, int lowest) {
    int previous = position - 1;
    while (previous > lowest && isContinuation(text[previous])) {
      previous--;
    }
    return previous;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }
}
