package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ColumnSource;
import java.util.Comparator;
import java.util.List;

/** Opens the operands of {@code and} and {@code or}. */
final class Selections {
  private Selections() {}

  /** Selections of all operands, the cheapest first. */
  static List<Selection> open(List<Predicate> operands, ColumnSource columns) {
    int rowCount = columns.rowCount();
    return operands.stream()
        .map(operand -> operand.open(columns))
        .sorted(Comparator.comparingDouble(selection -> selection.cost(rowCount)))
        .toList();
  }

  static double totalCost(List<Selection> operands, int candidateCount) {
    return operands.stream().mapToDouble(operand -> operand.cost(candidateCount)).sum();
  }
}
