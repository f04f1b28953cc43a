package dev.sagitta.engine.scalarindex.keyed;

import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.DoubleSet;
import dev.sagitta.engine.filter.number.DoubleTest;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.number.LongTest;
import dev.sagitta.engine.filter.number.OrderedBits;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.file.LongKeys;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.util.function.LongPredicate;

/** Finds numbers and truth values among the keys of an index. Immutable. */
public final class NumberMatcher {
  private static final double LOOKUP_COST = 80;
  private static final double STEP_COST = 3;

  private final ScalarIndexFile file;
  private final LongKeys keys;

  public NumberMatcher(ScalarIndexFile file) {
    this.file = file;
    this.keys = file.longKeys();
  }

  /** The rows of integers. */
  public RowMatch longs(LongTest test) {
    return switch (test) {
      case LongRange(long minimum, long maximum) -> between(minimum, maximum, true);
      case LongSet set -> in(set.sortedValues(), set::contains, true);
    };
  }

  /**
   * The rows of doubles.
   *
   * @param exact whether every key that passes stands for a value that passes
   */
  public RowMatch doubles(DoubleTest test, boolean exact) {
    return switch (test) {
      case DoubleRange(double minimum, double maximum) when minimum <= maximum ->
          between(OrderedBits.of(minimum), OrderedBits.of(maximum), exact);
      case DoubleRange _ -> KeyMatch.of(file, new OrdinalRanges(), exact);
      case DoubleSet set ->
          in(set.sortedBits(), bits -> set.contains(OrderedBits.toDouble(bits)), exact);
    };
  }

  /** The rows of truth values. */
  public RowMatch booleans(boolean acceptsTrue, boolean acceptsFalse) {
    OrdinalRanges found = new OrdinalRanges();
    int firstTrue = keys.lowerBound(1);
    if (acceptsFalse) {
      found.add(0, firstTrue);
    }
    if (acceptsTrue) {
      found.add(firstTrue, keys.size());
    }
    return KeyMatch.of(file, found, true);
  }

  private RowMatch between(long minimum, long maximum, boolean exact) {
    OrdinalRanges found = new OrdinalRanges();
    if (minimum <= maximum) {
      found.add(keys.lowerBound(minimum), keys.upperBound(maximum));
    }
    return KeyMatch.of(file, found, exact);
  }

  /** Looks up each value, or looks at each key between them if these are the fewer. */
  private RowMatch in(long[] values, LongPredicate contains, boolean exact) {
    if (values.length == 0) {
      return KeyMatch.of(file, new OrdinalRanges(), exact);
    }
    int from = keys.lowerBound(values[0]);
    int to = keys.upperBound(values[values.length - 1]);
    long pairs = file.postings().pairCount(from, to);
    long perKey = to > from ? pairs / (to - from) : 0;
    double lookups = values.length * LOOKUP_COST;
    double steps = (to - from) * STEP_COST;
    long estimated = Math.min(pairs, Math.min(values.length, to - from) * (perKey + 1));
    return steps < lookups
        ? KeyMatch.later(file, () -> test(from, to, contains), estimated, steps, exact)
        : KeyMatch.later(file, () -> lookUp(values, from), estimated, lookups, exact);
  }

  private OrdinalRanges test(int from, int to, LongPredicate contains) {
    OrdinalRanges found = new OrdinalRanges();
    for (int ordinal = from; ordinal < to; ordinal++) {
      if (contains.test(keys.get(ordinal))) {
        found.add(ordinal, ordinal + 1);
      }
    }
    return found;
  }

  private OrdinalRanges lookUp(long[] values, int from) {
    OrdinalRanges found = new OrdinalRanges();
    int ordinal = from;
    for (long value : values) {
      ordinal = keys.lowerBound(value, ordinal);
      if (ordinal == keys.size()) {
        break;
      }
      if (keys.get(ordinal) == value) {
        found.add(ordinal, ordinal + 1);
      }
    }
    return found;
  }
}
