package dev.sagitta.query.read;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.request.ScoreBoost;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Changes the scores of found rows by functions of a {@link ScoreBoost}. Random numbers are the
 * upper 24 bits of SplitMix64's output function (Steele, Lea, Flood: Fast splittable pseudorandom
 * number generators, 2014) of the seed and the row's value.
 */
final class BoostedScores {
  private static final long TEXT_FACTOR = 0x100000001b3L;

  private final ScoreBoost boost;
  private final List<Filter> filters;

  /**
   * @param filters compiled filter of each function
   */
  BoostedScores(ScoreBoost boost, List<Filter> filters) {
    this.boost = boost;
    this.filters = List.copyOf(filters);
  }

  /** The same rows with changed scores, best first. */
  TopRows apply(SegmentView view, TopRows found) {
    if (found.size() == 0) {
      return found;
    }
    RowBitmap candidates = new RowBitmap(view.rowCount());
    for (int i = 0; i < found.size(); i++) {
      candidates.add(found.rowAt(i));
    }
    float[] values = new float[found.size()];
    boolean[] boosted = new boolean[found.size()];
    for (int function = 0; function < filters.size(); function++) {
      Filter filter = filters.get(function);
      RowBitmap passing = filter.matchesAll() ? candidates : filter.evaluate(view, candidates);
      for (int i = 0; i < values.length; i++) {
        if (passing.contains(found.rowAt(i))) {
          float value = valueOf(boost.functions().get(function), view, found.rowAt(i));
          values[i] = boosted[i] ? combined(values[i], value, boost.addFunctions()) : value;
          boosted[i] = true;
        }
      }
    }
    TopRows changed = new TopRows(found.size(), found.largerIsNearer());
    for (int i = 0; i < values.length; i++) {
      float score = found.scoreAt(i);
      changed.offer(
          found.rowAt(i), boosted[i] ? combined(score, values[i], boost.addToScore()) : score);
    }
    changed.sortBestFirst();
    return changed;
  }

  private static float combined(float first, float second, boolean add) {
    return add ? first + second : first * second;
  }

  private static float valueOf(ScoreBoost.Function function, SegmentView view, int row) {
    return function
        .random()
        .map(random -> function.weight() * randomNumber(random, view, row))
        .orElse(function.weight());
  }

  private static float randomNumber(ScoreBoost.RandomScore random, SegmentView view, int row) {
    Column column =
        random.fieldId().isPresent()
            ? view.column(random.fieldId().getAsLong())
            : view.primaryKeys();
    long value = 0;
    if (!column.isNull(row)) {
      value =
          column instanceof StringColumn strings
              ? hash(strings.stringAt(row).getBytes(StandardCharsets.UTF_8))
              : ((LongColumn) column).longAt(row);
    }
    return (mix(random.seed() * 0x9e3779b97f4a7c15L + mix(value)) >>> 40) * 0x1p-24f;
  }

  private static long hash(byte[] utf8) {
    long hash = 0xcbf29ce484222325L;
    for (byte next : utf8) {
      hash = (hash ^ (next & 0xff)) * TEXT_FACTOR;
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
