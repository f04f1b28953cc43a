package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import java.util.Comparator;
import java.util.List;

/** TRUE where some operand is; each looks only at the rows that none before it chose. */
public record OrPredicate(List<Predicate> operands) implements Predicate {
  public OrPredicate {
    operands = operands.stream().sorted(Comparator.comparingInt(Predicate::cost)).toList();
  }

  @Override
  public RowBitmap select(ColumnSource columns, RowBitmap candidates) {
    RowBitmap remaining = candidates.copy();
    for (Predicate operand : operands) {
      remaining.andNot(operand.select(columns, remaining));
      if (remaining.isEmpty()) {
        break;
      }
    }
    RowBitmap rows = candidates.copy();
    rows.andNot(remaining);
    return rows;
  }

  @Override
  public int cost() {
    return operands.stream().mapToInt(Predicate::cost).sum();
  }
}
