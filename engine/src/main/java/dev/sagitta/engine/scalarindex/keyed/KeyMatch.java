package dev.sagitta.engine.scalarindex.keyed;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.file.RowPostings;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.util.function.Supplier;

/**
 * The rows of some keys. When most rows match, and each has one key, the others are looked up
 * instead: the work is never more than for half of the rows.
 */
final class KeyMatch implements RowMatch {
  private final ScalarIndexFile file;
  private final Supplier<OrdinalRanges> keys;
  private final long estimatedRows;
  private final double cost;
  private final boolean exact;

  private KeyMatch(
      ScalarIndexFile file,
      Supplier<OrdinalRanges> keys,
      long estimatedRows,
      double cost,
      boolean exact) {
    this.file = file;
    this.keys = keys;
    this.estimatedRows = estimatedRows;
    this.cost = cost;
    this.exact = exact && !file.description().inexact();
  }

  /** Of keys that are known. */
  static KeyMatch of(ScalarIndexFile file, OrdinalRanges keys, boolean exact) {
    double cost = cost(file, keys);
    if (file.description().singleValued()) {
      cost = Math.min(cost, cost(file, keys.complement(file.description().keyCount())));
    }
    return new KeyMatch(file, () -> keys, pairCount(file, keys), cost, exact);
  }

  /**
   * Of keys that are looked for when the rows are asked for.
   *
   * @param estimatedPairs about how many pairs of a key and a row match
   * @param searchCost rough nanoseconds of the supplier
   */
  static KeyMatch later(
      ScalarIndexFile file,
      Supplier<OrdinalRanges> keys,
      long estimatedPairs,
      double searchCost,
      boolean exact) {
    return new KeyMatch(file, keys, estimatedPairs, searchCost + estimatedPairs, exact);
  }

  private static double cost(ScalarIndexFile file, OrdinalRanges keys) {
    double cost = 0;
    for (int i = 0; i < keys.rangeCount(); i++) {
      cost += file.postings().cost(keys.from(i), keys.to(i));
    }
    return cost;
  }

  private static long pairCount(ScalarIndexFile file, OrdinalRanges keys) {
    long count = 0;
    for (int i = 0; i < keys.rangeCount(); i++) {
      count += file.postings().pairCount(keys.from(i), keys.to(i));
    }
    return count;
  }

  @Override
  public long estimatedRows() {
    return Math.min(estimatedRows, file.description().rowCount());
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public boolean exact() {
    return exact;
  }

  @Override
  public RowBitmap rows() {
    OrdinalRanges found = keys.get();
    if (file.description().singleValued()) {
      OrdinalRanges others = found.complement(file.description().keyCount());
      if (cost(file, others) < cost(file, found)) {
        RowBitmap rows = rowsOf(others);
        rows.flip();
        return rows;
      }
    }
    return rowsOf(found);
  }

  private RowBitmap rowsOf(OrdinalRanges ranges) {
    RowBitmap rows = new RowBitmap(file.description().rowCount());
    RowPostings postings = file.postings();
    for (int i = 0; i < ranges.rangeCount(); i++) {
      postings.addTo(ranges.from(i), ranges.to(i), rows);
    }
    return rows;
  }
}
