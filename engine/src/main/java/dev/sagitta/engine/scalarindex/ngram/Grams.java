package dev.sagitta.engine.scalarindex.ngram;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import java.util.function.LongConsumer;

/**
 * Runs of characters as 64-bit numbers: up to seven bytes are the number itself with their count,
 * longer runs are hashed. Two runs with one hash cost a look at a few rows more, nothing else.
 */
final class Grams {
  private static final int LONGEST_PLAIN = 7;

  private Grams() {}

  /** Gives each run of {@code minimum} to {@code maximum} characters; repeated ones repeatedly. */
  static void forEach(
      byte[] utf8, int offset, int length, int minimum, int maximum, LongConsumer consumer) {
    int end = offset + length;
    for (int start = offset; start < end; start = next(utf8, start, end)) {
      int stop = start;
      for (int characters = 1; characters <= maximum && stop < end; characters++) {
        stop = next(utf8, stop, end);
        if (characters >= minimum) {
          consumer.accept(gram(utf8, start, stop - start));
        }
      }
    }
  }

  static int characters(byte[] utf8) {
    int count = 0;
    for (int i = 0; i < utf8.length; i = next(utf8, i, utf8.length)) {
      count++;
    }
    return count;
  }

  /** Whether no other run has the number of this one. */
  static boolean isPlain(byte[] utf8) {
    return utf8.length <= LONGEST_PLAIN;
  }

  private static int next(byte[] utf8, int position, int end) {
    int next = position + 1;
    while (next < end && (utf8[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  private static long gram(byte[] utf8, int offset, int length) {
    if (length <= LONGEST_PLAIN) {
      return Utf8Prefixes.firstEight(utf8, offset, length) | length;
    }
    // The lowest three bits are zero, unlike those of any short run.
    long hash = length;
    int end = offset + length;
    for (int i = offset; i < end; i += Long.BYTES) {
      hash ^= Utf8Prefixes.firstEight(utf8, i, Math.min(Long.BYTES, end - i));
      hash *= 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash & ~7L;
  }
}
