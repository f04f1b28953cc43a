package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.DoubleCondition;
import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.LongCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;

/** Plans {@code 1 < a <= 5} as one test. */
final class RangePlanner {
  private RangePlanner() {}

  /**
   * The range {@code first firstOperator middle lastOperator last}.
   *
   * @param firstOperator points the same way as {@code lastOperator}
   */
  static Predicate plan(
      Operand first,
      ComparisonOperator firstOperator,
      Operand middle,
      ComparisonOperator lastOperator,
      Operand last,
      boolean negated) {
    if (!(first instanceof Operand.Constant(Object start))
        || !(last instanceof Operand.Constant(Object end))) {
      throw new InvalidExpressionException(
          "invalid range operation: the bounds of a range must be constants");
    }
    if (middle.isConstant()) {
      throw new InvalidExpressionException(
          "invalid range operation: the middle of a range must be a field");
    }
    requireOrdered(firstOperator.isLess() ? start : end, firstOperator.isLess() ? end : start);
    if (start instanceof Number low && end instanceof Number high && isNumeric(middle)) {
      Condition condition =
          numberCondition(middle, firstOperator.swapped(), low, lastOperator, high);
      return Leaves.leaf(middle.sourceField(), condition, negated);
    }
    if (start instanceof Moment && end instanceof Moment && middle instanceof Operand.Field) {
      return planMoments(middle, firstOperator.swapped(), start, lastOperator, end, negated);
    }
    return PredicatePlanner.join(
        List.of(
            ComparisonPlanner.plan(middle, firstOperator.swapped(), first, negated),
            ComparisonPlanner.plan(middle, lastOperator, last, negated)),
        negated);
  }

  private static Predicate planMoments(
      Operand middle,
      ComparisonOperator firstOperator,
      Object first,
      ComparisonOperator lastOperator,
      Object last,
      boolean negated) {
    if (middle.type() != DataType.TIMESTAMPTZ) {
      throw ComparisonPlanner.notComparable(middle.type(), DataType.TIMESTAMPTZ);
    }
    LongRange range =
        LongRange.of(firstOperator, ((Moment) first).micros())
            .intersect(LongRange.of(lastOperator, ((Moment) last).micros()));
    return Leaves.leaf(
        middle.sourceField(), new LongCondition(Leaves.longs(middle), range, false), negated);
  }

  private static boolean isNumeric(Operand middle) {
    return middle instanceof Operand.Json
        || middle.type().isInteger()
        || middle.type().isFloatingPoint();
  }

  private static void requireOrdered(Object lower, Object upper) {
    boolean comparable =
        (lower instanceof Number && upper instanceof Number)
            || (lower instanceof String && upper instanceof String)
            || (lower instanceof Moment && upper instanceof Moment);
    if (!comparable) {
      throw new InvalidExpressionException(
          "invalid range operation: bounds must be two numbers or two strings: lower="
              + lower
              + " upper="
              + upper);
    }
    if (Constants.compare(lower, upper).orElseThrow() > 0) {
      throw new InvalidExpressionException(
          "invalid range operation: lowerbound is greater than upperbound");
    }
  }

  private static Condition numberCondition(
      Operand middle,
      ComparisonOperator firstOperator,
      Number first,
      ComparisonOperator lastOperator,
      Number last) {
    DataType type = middle.type();
    if (middle instanceof Operand.Json(FieldSchema field, JsonPath path)) {
      NumberRange range =
          NumberRange.of(firstOperator, first).intersect(NumberRange.of(lastOperator, last));
      return new JsonCondition(field.id(), path, JsonTests.number(range));
    }
    if (type.isInteger()) {
      LongRange range =
          LongRange.of(firstOperator, first).intersect(LongRange.of(lastOperator, last));
      return new LongCondition(Leaves.longs(middle), range, false);
    }
    DoubleRange range =
        DoubleRange.of(firstOperator, Leaves.roundedTo(type, first))
            .intersect(DoubleRange.of(lastOperator, Leaves.roundedTo(type, last)));
    return new DoubleCondition(Leaves.doubles(middle), range, false);
  }
}
