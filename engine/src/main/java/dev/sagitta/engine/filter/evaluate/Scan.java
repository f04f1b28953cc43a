package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

/** Tests the value of each candidate. */
final class Scan implements Selection {
  /** Rough nanoseconds for each 64 rows, whether there are candidates among them or not. */
  private static final double WORD_COST = 0.5;

  private final Condition condition;
  private final ColumnSource columns;
  private final Column[] nullable;
  private final boolean negated;

  /**
   * A scan.
   *
   * @param nullable columns of which a null makes the condition unknown
   * @param negated whether the rows are wanted for which the condition is FALSE
   */
  Scan(Condition condition, ColumnSource columns, List<Column> nullable, boolean negated) {
    this.condition = condition;
    this.columns = columns;
    this.nullable = nullable.toArray(new Column[0]);
    this.negated = negated;
  }

  @Override
  public RowBitmap select(RowBitmap candidates) {
    int rowCount = candidates.rowCount();
    RowBitmap result = new RowBitmap(rowCount);
    long[] candidateWords = candidates.words();
    long[] resultWords = result.words();
    Condition.Matcher matcher = condition.open(columns);
    for (int word = 0; word < candidateWords.length; word++) {
      int firstRow = word << 6;
      int count = Math.min(Long.SIZE, rowCount - firstRow);
      long wanted = withoutNulls(candidateWords[word], firstRow, count);
      if (wanted != 0) {
        long matches = matcher.matches(firstRow, count, wanted);
        resultWords[word] = wanted & (negated ? ~matches : matches);
      }
    }
    return result;
  }

  /** The rows of a word for which the condition is not unknown. */
  long withoutNulls(long rows, int firstRow, int count) {
    long known = rows;
    for (int i = 0; i < nullable.length && known != 0; i++) {
      known &= ~nullable[i].nullBits(firstRow, count);
    }
    return known;
  }

  Condition.Matcher openMatcher() {
    return condition.open(columns);
  }

  int rowCount() {
    return columns.rowCount();
  }

  boolean negated() {
    return negated;
  }

  /** Rough nanoseconds of testing that many rows, without what it costs to find them. */
  double testCost(double rows) {
    return rows * condition.cost();
  }

  @Override
  public double cost(int candidateCount) {
    return testCost(candidateCount) + columns.rowCount() / (double) Long.SIZE * WORD_COST;
  }
}
