package dev.sagitta.engine.scalarindex.keyed;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Set;
import dev.sagitta.engine.filter.text.Utf8Shape;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.file.ByteKeys;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.util.Arrays;

/**
 * Finds strings among the keys of an index: comparisons, sets and prefixes by search, any other
 * test by a look at each distinct string that it may hold for. Immutable.
 */
public final class TextMatcher {
  private static final double LOOKUP_COST = 300;
  private static final double TEST_COST = 25;

  /** Share of the looked at keys that are guessed to pass. */
  private static final double GUESSED_SHARE = 0.1;

  private final ScalarIndexFile file;
  private final ByteKeys keys;

  public TextMatcher(ScalarIndexFile file) {
    this.file = file;
    this.keys = file.byteKeys();
  }

  /**
   * The rows of strings that pass.
   *
   * @param base bytes that stand before the string in each key; other keys are left out
   */
  public RowMatch strings(byte[] base, Utf8Test test) {
    if (test instanceof Utf8Comparison comparison) {
      return comparison(base, comparison.operator(), comparison.constant());
    }
    if (test instanceof Utf8Set set) {
      return set(base, set.sortedValues());
    }
    Utf8Shape shape = test.shape();
    ByteKeys.Cursor cursor = keys.cursor();
    byte[] prefix = join(base, shape.prefix());
    int from = cursor.seek(prefix);
    int to = endOf(cursor, prefix);
    if (shape.prefixDecides()) {
      return KeyMatch.of(file, new OrdinalRanges().add(from, to), true);
    }
    long pairs = file.postings().pairCount(from, to);
    return KeyMatch.later(
        file,
        () -> test(base.length, test, from, to),
        (long) (pairs * GUESSED_SHARE) + 1,
        (to - from) * TEST_COST,
        true);
  }

  /** The rows of all keys that begin with the prefix. */
  public RowMatch withPrefix(byte[] prefix) {
    ByteKeys.Cursor cursor = keys.cursor();
    int from = cursor.seek(prefix);
    return KeyMatch.of(file, new OrdinalRanges().add(from, endOf(cursor, prefix)), true);
  }

  /** The rows of the keys from minimum to maximum, both included. */
  public RowMatch between(byte[] minimum, byte[] maximum, boolean exact) {
    ByteKeys.Cursor cursor = keys.cursor();
    int from = cursor.seek(minimum);
    int to = behind(cursor, maximum);
    return KeyMatch.of(file, new OrdinalRanges().add(from, to), exact);
  }

  /** The rows of some keys. */
  public RowMatch keysOf(byte[][] sorted, boolean exact) {
    double cost = sorted.length * LOOKUP_COST;
    long perKey = keys.size() == 0 ? 0 : file.description().pairCount() / keys.size();
    return KeyMatch.later(
        file,
        () -> {
          OrdinalRanges found = new OrdinalRanges();
          ByteKeys.Cursor cursor = keys.cursor();
          int from = 0;
          for (byte[] key : sorted) {
            from = cursor.seek(key, from);
            if (isAt(cursor, from, key)) {
              found.add(from, from + 1);
            }
          }
          return found;
        },
        Math.min(sorted.length, keys.size()) * (perKey + 1),
        cost,
        exact);
  }

  private RowMatch set(byte[] base, byte[][] values) {
    return keysOf(
        base.length == 0
            ? values
            : Arrays.stream(values).map(value -> join(base, value)).toArray(byte[][]::new),
        true);
  }

  private RowMatch comparison(byte[] base, ComparisonOperator operator, byte[] constant) {
    ByteKeys.Cursor cursor = keys.cursor();
    int first = cursor.seek(base);
    int end = endOf(cursor, base);
    byte[] key = join(base, constant);
    int from = cursor.seek(key);
    int to = isAt(cursor, from, key) ? from + 1 : from;
    OrdinalRanges found = new OrdinalRanges();
    switch (operator) {
      case EQUAL -> found.add(from, to);
      case NOT_EQUAL -> found.add(first, from).add(to, end);
      case LESS -> found.add(first, from);
      case LESS_OR_EQUAL -> found.add(first, to);
      case GREATER -> found.add(to, end);
      case GREATER_OR_EQUAL -> found.add(from, end);
    }
    return KeyMatch.of(file, found, true);
  }

  private OrdinalRanges test(int baseLength, Utf8Test test, int from, int to) {
    OrdinalRanges found = new OrdinalRanges();
    if (from == to) {
      return found;
    }
    ByteKeys.Cursor cursor = keys.cursor();
    cursor.moveTo(from);
    while (true) {
      if (test.matches(cursor.bytes(), baseLength, cursor.length() - baseLength)) {
        found.add(cursor.ordinal(), cursor.ordinal() + 1);
      }
      if (cursor.ordinal() + 1 == to) {
        return found;
      }
      cursor.next();
    }
  }

  private static boolean isAt(ByteKeys.Cursor cursor, int ordinal, byte[] key) {
    return cursor.ordinal() == ordinal && cursor.compareTo(key) == 0;
  }

  private int behind(ByteKeys.Cursor cursor, byte[] key) {
    int ordinal = cursor.seek(key);
    return ordinal < keys.size() && isAt(cursor, ordinal, key) ? ordinal + 1 : ordinal;
  }

  /** Position behind the last key that begins with the prefix. */
  private int endOf(ByteKeys.Cursor cursor, byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return keys.size();
    }
    byte[] successor = Arrays.copyOf(prefix, length);
    successor[length - 1]++;
    return cursor.seek(successor);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
