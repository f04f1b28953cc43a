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
  private static final double LOOKUP_COST = 200;
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
    byte[] prefix = join(base, shape.prefix());
    int from = lowerBound(prefix);
    int to = endOf(prefix);
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
    return KeyMatch.of(file, new OrdinalRanges().add(lowerBound(prefix), endOf(prefix)), true);
  }

  /** The rows of the keys from minimum to maximum, both included. */
  public RowMatch between(byte[] minimum, byte[] maximum, boolean exact) {
    int from = lowerBound(minimum);
    int last = keys.search(maximum, from);
    return KeyMatch.of(
        file, new OrdinalRanges().add(from, last >= 0 ? last + 1 : -last - 1), exact);
  }

  /** The rows of some keys. */
  public RowMatch keysOf(byte[][] sorted, boolean exact) {
    double cost = sorted.length * LOOKUP_COST;
    long perKey = keys.size() == 0 ? 0 : file.description().pairCount() / keys.size();
    return KeyMatch.later(
        file,
        () -> {
          OrdinalRanges found = new OrdinalRanges();
          int from = 0;
          for (byte[] key : sorted) {
            int ordinal = keys.search(key, from);
            if (ordinal >= 0) {
              found.add(ordinal, ordinal + 1);
            }
            from = ordinal >= 0 ? ordinal : -ordinal - 1;
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
    int first = lowerBound(base);
    int end = endOf(base);
    int ordinal = keys.search(join(base, constant), first);
    int from = ordinal >= 0 ? ordinal : -ordinal - 1;
    int to = ordinal >= 0 ? ordinal + 1 : from;
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

  /** Number of keys smaller than the given one. */
  private int lowerBound(byte[] key) {
    int ordinal = keys.search(key, 0);
    return ordinal >= 0 ? ordinal : -ordinal - 1;
  }

  /** Position behind the last key that begins with the prefix. */
  private int endOf(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return keys.size();
    }
    byte[] successor = Arrays.copyOf(prefix, length);
    successor[length - 1]++;
    return lowerBound(successor);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
