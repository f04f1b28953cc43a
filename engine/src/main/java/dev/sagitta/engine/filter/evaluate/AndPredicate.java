package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import java.util.List;

/** TRUE where all operands are; each looks only at the rows that the ones before it left. */
public record AndPredicate(List<Predicate> operands) implements Predicate {
  public AndPredicate {
    operands = List.copyOf(operands);
  }

  @Override
  public Selection open(ColumnSource columns) {
    return new All(Selections.open(operands, columns));
  }

  private record All(List<Selection> operands) implements Selection {
    @Override
    public RowBitmap select(RowBitmap candidates) {
      RowBitmap rows = candidates;
      for (Selection operand : operands) {
        rows = operand.select(rows);
        if (rows.isEmpty()) {
          break;
        }
      }
      return rows;
    }

    @Override
    public double cost(int candidateCount) {
      return Selections.totalCost(operands, candidateCount);
    }
  }
}
