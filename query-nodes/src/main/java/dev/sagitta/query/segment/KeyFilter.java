package dev.sagitta.query.segment;

import dev.sagitta.engine.column.PrimaryKeys;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Picks the keys that a segment may hold, asking for many at once where it surely holds none. */
public final class KeyFilter {
  private KeyFilter() {}

  /**
   * The keys of which {@code mayContain} does not exclude each alone; empty if there are none.
   *
   * @param mayContain whether a segment may hold one of the keys; false is certain
   */
  public static Optional<PrimaryKeys> retain(PrimaryKeys keys, Predicate<PrimaryKeys> mayContain) {
    int[] kept = new int[keys.size()];
    int count = collect(keys, 0, keys.size(), mayContain, kept, 0);
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(count == keys.size() ? keys : select(keys, kept, count));
  }

  private static int collect(
      PrimaryKeys keys,
      int from,
      int to,
      Predicate<PrimaryKeys> mayContain,
      int[] kept,
      int count) {
    if (from == to || !mayContain.test(range(keys, from, to))) {
      return count;
    }
    if (to - from == 1) {
      kept[count] = from;
      return count + 1;
    }
    int middle = (from + to) >>> 1;
    int left = collect(keys, from, middle, mayContain, kept, count);
    return collect(keys, middle, to, mayContain, kept, left);
  }

  private static PrimaryKeys range(PrimaryKeys keys, int from, int to) {
    return switch (keys) {
      case PrimaryKeys.LongKeys longs ->
          new PrimaryKeys.LongKeys(Arrays.copyOfRange(longs.values(), from, to));
      case PrimaryKeys.StringKeys strings ->
          new PrimaryKeys.StringKeys(Arrays.copyOfRange(strings.values(), from, to));
    };
  }

  private static PrimaryKeys select(PrimaryKeys keys, int[] positions, int count) {
    return switch (keys) {
      case PrimaryKeys.LongKeys longs -> {
        long[] selected = new long[count];
        for (int i = 0; i < count; i++) {
          selected[i] = longs.values()[positions[i]];
        }
        yield new PrimaryKeys.LongKeys(selected);
      }
      case PrimaryKeys.StringKeys strings -> {
        String[] selected = new String[count];
        for (int i = 0; i < count; i++) {
          selected[i] = strings.values()[positions[i]];
        }
        yield new PrimaryKeys.StringKeys(selected);
      }
    };
  }
}
