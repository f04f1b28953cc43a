package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import java.util.Comparator;
import java.util.List;

/** TRUE where all operands are; each looks only at the rows that the ones before it left. */
public record AndPredicate(List<Predicate> operands) implements Predicate {
  public AndPredicate {
    operands = operands.stream().sorted(Comparator.comparingInt(Predicate::cost)).toList();
  }

  @Override
  public RowBitmap select(ColumnSource columns, RowBitmap candidates) {
    RowBitmap rows = candidates;
    for (Predicate operand : operands) {
      rows = operand.select(columns, rows);
      if (rows.isEmpty()) {
        break;
      }
    }
    return rows;
  }

  @Override
  public int cost() {
    return operands.stream().mapToInt(Predicate::cost).sum();
  }
}
