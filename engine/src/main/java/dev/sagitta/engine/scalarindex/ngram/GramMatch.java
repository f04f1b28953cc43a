package dev.sagitta.engine.scalarindex.ngram;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.file.RowPostings;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;

/**
 * The rows that have all of some runs of characters. Runs come with the rarest first; the common
 * ones are left out when they would cost more than they save.
 */
final class GramMatch implements RowMatch {
  /** Rough nanoseconds of testing a row's string. */
  private static final double TEST_COST = 60;

  /** Share of the rows that is guessed to be left by another run. */
  private static final double GUESSED_SHARE = 0.5;

  private final ScalarIndexFile file;
  private final int[] keys;
  private final boolean exact;

  /**
   * A match.
   *
   * @param keys positions of the runs, those with few rows first; at least one
   * @param exact whether all rows with the runs pass
   */
  GramMatch(ScalarIndexFile file, int[] keys, boolean exact) {
    this.file = file;
    this.keys = keys;
    this.exact = exact;
  }

  @Override
  public long estimatedRows() {
    long rarest = file.postings().pairCount(keys[0], keys[0] + 1);
    return keys.length == 1 ? rarest : (long) (rarest * GUESSED_SHARE);
  }

  @Override
  public double cost() {
    return keys.length == 1 ? costOf(0) : costOf(0) + costOf(1);
  }

  private double costOf(int key) {
    return file.postings().cost(keys[key], keys[key] + 1);
  }

  @Override
  public boolean exact() {
    return exact;
  }

  @Override
  public RowBitmap rows() {
    RowPostings postings = file.postings();
    RowBitmap rows = rowsOf(postings, keys[0]);
    double left = postings.pairCount(keys[0], keys[0] + 1);
    for (int i = 1; i < keys.length; i++) {
      // Two passes over all words are the least that another run costs.
      double price = costOf(i) + rows.words().length;
      if (price > left * GUESSED_SHARE * TEST_COST) {
        break;
      }
      rows.and(rowsOf(postings, keys[i]));
      left = rows.cardinality();
    }
    return rows;
  }

  private RowBitmap rowsOf(RowPostings postings, int key) {
    RowBitmap rows = new RowBitmap(file.description().rowCount());
    postings.addTo(key, key + 1, rows);
    return rows;
  }
}
