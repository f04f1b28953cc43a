package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.scalarindex.RowMatch;

/**
 * Takes the rows that an index found, where that is cheaper than testing the candidates. Rows that
 * the index is not sure of are tested.
 */
final class IndexLookup implements Selection {
  /** Rough nanoseconds for each 64 rows of making and joining sets of rows. */
  private static final double WORD_COST = 1;

  private final RowMatch match;
  private final IndexableTest test;
  private final Scan scan;

  IndexLookup(RowMatch match, IndexableTest test, Scan scan) {
    this.match = match;
    this.test = test;
    this.scan = scan;
  }

  @Override
  public RowBitmap select(RowBitmap candidates) {
    int candidateCount = candidates.cardinality();
    if (scan.cost(candidateCount) <= lookupCost(candidates.rowCount(), candidateCount)) {
      return scan.select(candidates);
    }
    RowBitmap rows = match.rows();
    if (!isExact()) {
      test(candidates, rows);
    }
    // Rows are now those of which the condition is true, or false if it is inverted.
    boolean others = test.inverted() != scan.negated();
    long[] words = rows.words();
    long[] candidateWords = candidates.words();
    for (int word = 0; word < words.length; word++) {
      long chosen = candidateWords[word] & (others ? ~words[word] : words[word]);
      int firstRow = word << 6;
      words[word] =
          chosen == 0
              ? 0
              : scan.withoutNulls(
                  chosen, firstRow, Math.min(Long.SIZE, rows.rowCount() - firstRow));
    }
    return rows;
  }

  /** Leaves the rows among the candidates that pass. */
  private void test(RowBitmap candidates, RowBitmap rows) {
    Condition.Matcher matcher = scan.openMatcher();
    long inversion = test.inverted() ? -1L : 0L;
    long[] words = rows.words();
    for (int word = 0; word < words.length; word++) {
      int firstRow = word << 6;
      int count = Math.min(Long.SIZE, rows.rowCount() - firstRow);
      long wanted = words[word] & candidates.words()[word];
      if (wanted != 0) {
        wanted = scan.withoutNulls(wanted, firstRow, count);
      }
      words[word] =
          wanted == 0 ? 0 : wanted & (matcher.matches(firstRow, count, wanted) ^ inversion);
    }
  }

  private boolean isExact() {
    return match.exact() && test.sufficient();
  }

  /** Rough nanoseconds of using the index where all rows are candidates. */
  double lookupCost(int rowCount) {
    return lookupCost(rowCount, rowCount);
  }

  private double lookupCost(int rowCount, int candidateCount) {
    double tested = isExact() ? 0 : Math.min(match.estimatedRows(), candidateCount);
    return match.cost() + rowCount / (double) Long.SIZE * WORD_COST + scan.testCost(tested);
  }

  @Override
  public double cost(int candidateCount) {
    return Math.min(scan.cost(candidateCount), lookupCost(scan.rowCount(), candidateCount));
  }
}
