package dev.sagitta.engine.filter.syntax;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** An immutable list of integers without an object for each; long lists are common in filters. */
public final class LongList extends AbstractList<Long> implements RandomAccess {
  private final long[] values;

  /** Takes the first {@code count} values. */
  LongList(long[] values, int count) {
    this.values = Arrays.copyOf(requireNonNull(values, "values is null"), count);
  }

  @Override
  public Long get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  /** The values, in a new array. */
  public long[] toLongArray() {
    return values.clone();
  }
}
