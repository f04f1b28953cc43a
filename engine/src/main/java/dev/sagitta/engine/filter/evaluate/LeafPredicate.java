package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

/**
 * A condition with what nulls mean to it.
 *
 * @param condition what is tested
 * @param unknownWhenNull ids of the fields of which a null makes the condition unknown
 * @param negated whether the rows are wanted for which the condition is FALSE
 */
public record LeafPredicate(Condition condition, List<Long> unknownWhenNull, boolean negated)
    implements Predicate {
  public LeafPredicate {
    requireNonNull(condition, "condition is null");
    unknownWhenNull = List.copyOf(unknownWhenNull);
  }

  @Override
  public RowBitmap select(ColumnSource columns, RowBitmap candidates) {
    int rowCount = candidates.rowCount();
    RowBitmap result = new RowBitmap(rowCount);
    long[] candidateWords = candidates.words();
    long[] resultWords = result.words();
    Condition.Matcher matcher = condition.open(columns);
    Column[] nullable = nullableColumns(columns);
    for (int word = 0; word < candidateWords.length; word++) {
      long wanted = candidateWords[word];
      int firstRow = word << 6;
      int count = Math.min(Long.SIZE, rowCount - firstRow);
      for (int i = 0; i < nullable.length && wanted != 0; i++) {
        wanted &= ~nullable[i].nullBits(firstRow, count);
      }
      if (wanted != 0) {
        long matches = matcher.matches(firstRow, count, wanted);
        resultWords[word] = wanted & (negated ? ~matches : matches);
      }
    }
    return result;
  }

  private Column[] nullableColumns(ColumnSource columns) {
    return unknownWhenNull.stream()
        .map(columns::column)
        .filter(Column::mayHaveNulls)
        .toArray(Column[]::new);
  }

  @Override
  public int cost() {
    return condition.cost();
  }
}
