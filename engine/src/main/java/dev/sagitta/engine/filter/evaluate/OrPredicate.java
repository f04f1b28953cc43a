package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

/** TRUE where some operand is; each looks only at the rows that none before it chose. */
public record OrPredicate(List<Predicate> operands) implements Predicate {
  public OrPredicate {
    operands = List.copyOf(operands);
  }

  @Override
  public Selection open(ColumnSource columns) {
    return new Any(Selections.open(operands, columns));
  }

  private record Any(List<Selection> operands) implements Selection {
    @Override
    public RowBitmap select(RowBitmap candidates) {
      RowBitmap remaining = candidates.copy();
      for (Selection operand : operands) {
        remaining.andNot(operand.select(remaining));
        if (remaining.isEmpty()) {
          break;
        }
      }
      RowBitmap rows = candidates.copy();
      rows.andNot(remaining);
      return rows;
    }

    @Override
    public double cost(int candidateCount) {
      return Selections.totalCost(operands, candidateCount);
    }
  }
}
