package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.ArrayEqualsCondition;
import dev.sagitta.engine.filter.evaluate.BooleanCondition;
import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.ConstantPredicate;
import dev.sagitta.engine.filter.evaluate.DoubleCondition;
import dev.sagitta.engine.filter.evaluate.ElementCondition;
import dev.sagitta.engine.filter.evaluate.ElementTest;
import dev.sagitta.engine.filter.evaluate.FieldComparison;
import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.LeafPredicate;
import dev.sagitta.engine.filter.evaluate.LongCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.StringCondition;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.CalendarInterval;
import java.util.List;
import java.util.OptionalInt;

/** Plans {@code ==}, {@code !=}, {@code <} and so on. */
final class ComparisonPlanner {
  private ComparisonPlanner() {}

  static Predicate plan(Operand left, ComparisonOperator operator, Operand right, boolean negated) {
    if (left.isConstant()) {
      if (right.isConstant()) {
        return foldConstants(left, operator, right, negated);
      }
      return planWithConstant(right, operator.swapped(), left, negated);
    }
    if (right.isConstant()) {
      return planWithConstant(left, operator, right, negated);
    }
    return planFields(left, operator, right, negated);
  }

  private static Predicate foldConstants(
      Operand left, ComparisonOperator operator, Operand right, boolean negated) {
    if (left instanceof Operand.Constant(Object first)
        && right instanceof Operand.Constant(Object second)) {
      OptionalInt comparison = Constants.compare(first, second);
      if (comparison.isPresent() && (!(first instanceof Boolean) || operator.isEquality())) {
        return ConstantPredicate.of(operator.holds(comparison.getAsInt()) != negated);
      }
    }
    throw notComparable(left.type(), right.type());
  }

  private static Predicate planWithConstant(
      Operand operand, ComparisonOperator operator, Operand constant, boolean negated) {
    FieldSchema field = operand.sourceField();
    if (operand.type() == DataType.JSON) {
      boolean inverted = operator == ComparisonOperator.NOT_EQUAL;
      return Leaves.leaf(field, jsonCondition(operand, operator, constant), negated != inverted);
    }
    if (constant instanceof Operand.ConstantList(List<?> values)) {
      return planArray(operand, operator, values, negated);
    }
    Object value = ((Operand.Constant) constant).value();
    Condition condition =
        switch (value) {
          case Number number when operand.type().isInteger() ->
              new LongCondition(
                  Leaves.longs(operand),
                  LongRange.of(operator, number),
                  operator == ComparisonOperator.NOT_EQUAL);
          case Number number when operand.type().isFloatingPoint() ->
              new DoubleCondition(
                  Leaves.doubles(operand),
                  DoubleRange.of(operator, Leaves.roundedTo(operand.type(), number)),
                  operator == ComparisonOperator.NOT_EQUAL);
          case Moment moment when operand.type() == DataType.TIMESTAMPTZ ->
              momentCondition(operand, operator, moment.micros());
          case String string when operand.type() == DataType.VARCHAR ->
              stringCondition(operand, new Utf8Comparison(operator, string));
          case Boolean bool when operand.type() == DataType.BOOL && operator.isEquality() ->
              booleanCondition(operand, bool == (operator == ComparisonOperator.EQUAL));
          default -> throw notComparable(operand.type(), constant.type());
        };
    return Leaves.leaf(field, condition, negated);
  }

  /** An interval of fixed length goes over to the constant, so that an index can be asked. */
  private static Condition momentCondition(
      Operand operand, ComparisonOperator operator, long micros) {
    if (operand instanceof Operand.Shifted(Operand source, CalendarInterval interval)
        && interval.isFixed()) {
      return momentCondition(source, operator, interval.negated().addTo(micros));
    }
    return new LongCondition(
        Leaves.longs(operand),
        LongRange.of(operator, micros),
        operator == ComparisonOperator.NOT_EQUAL);
  }

  private static Condition stringCondition(Operand operand, Utf8Comparison comparison) {
    return operand instanceof Operand.Element(FieldSchema field, int index)
        ? new ElementCondition(field.id(), index, new ElementTest.Strings(comparison))
        : new StringCondition(operand.sourceField().id(), comparison);
  }

  private static Condition booleanCondition(Operand operand, boolean expected) {
    return operand instanceof Operand.Element(FieldSchema field, int index)
        ? new ElementCondition(field.id(), index, new ElementTest.Booleans(expected, !expected))
        : new BooleanCondition(operand.sourceField().id(), expected, !expected);
  }

  /** The condition of {@code ==} for both equalities; the caller inverts it for {@code !=}. */
  private static Condition jsonCondition(
      Operand operand, ComparisonOperator operator, Operand constant) {
    ComparisonOperator positive =
        operator == ComparisonOperator.NOT_EQUAL ? ComparisonOperator.EQUAL : operator;
    return switch (operand) {
      case Operand.Json(FieldSchema field, JsonPath path) ->
          new JsonCondition(field.id(), path, jsonTest(positive, constant));
      case Operand.Arithmetic arithmetic
          when arithmetic.operand() instanceof Operand.Json(FieldSchema field, JsonPath path)
              && constant instanceof Operand.Constant(Number number) ->
          new JsonCondition(
              field.id(),
              path,
              JsonTests.arithmetic(
                  arithmetic.operator(), arithmetic.constant(), NumberRange.of(positive, number)));
      default -> throw notComparable(operand.type(), constant.type());
    };
  }

  private static JsonTest jsonTest(ComparisonOperator operator, Operand constant) {
    return switch (constant) {
      case Operand.Constant(Number number) -> JsonTests.number(NumberRange.of(operator, number));
      case Operand.Constant(String string) ->
          JsonTests.string(new Utf8Comparison(operator, string));
      case Operand.Constant(Boolean bool) when operator.isEquality() -> JsonTests.bool(bool);
      case Operand.ConstantList(List<?> values) when operator.isEquality() ->
          JsonTests.equalTo(values);
      default -> throw notComparable(DataType.JSON, constant.type());
    };
  }

  private static Predicate planArray(
      Operand operand, ComparisonOperator operator, List<?> values, boolean negated) {
    if (operand.type() != DataType.ARRAY || !operator.isEquality()) {
      throw notComparable(operand.type(), DataType.ARRAY);
    }
    FieldSchema field = operand.sourceField();
    List<ElementTest> tests =
        values.stream().map(value -> ElementTests.oneOf(field, List.of(value))).toList();
    boolean inverted = operator == ComparisonOperator.NOT_EQUAL;
    return Leaves.leaf(field, new ArrayEqualsCondition(field.id(), tests), negated != inverted);
  }

  private static Predicate planFields(
      Operand left, ComparisonOperator operator, Operand right, boolean negated) {
    if (!(left instanceof Operand.Field(FieldSchema first))
        || !(right instanceof Operand.Field(FieldSchema second))) {
      throw new InvalidExpressionException(
          "comparisons between two values of a row are supported for plain fields only: left="
              + left.type().milvusName()
              + " right="
              + right.type().milvusName());
    }
    DataType leftType = first.type();
    DataType rightType = second.type();
    boolean comparable =
        (isNumber(leftType) && isNumber(rightType))
            || (leftType == DataType.VARCHAR && rightType == DataType.VARCHAR)
            || (leftType == DataType.TIMESTAMPTZ && rightType == DataType.TIMESTAMPTZ)
            || (leftType == DataType.BOOL && rightType == DataType.BOOL && operator.isEquality());
    if (!comparable) {
      throw notComparable(leftType, rightType);
    }
    return new LeafPredicate(
        new FieldComparison(first.id(), operator, second.id()),
        List.of(first.id(), second.id()),
        negated);
  }

  private static boolean isNumber(DataType type) {
    return type.isInteger() || type.isFloatingPoint();
  }

  static InvalidExpressionException notComparable(DataType left, DataType right) {
    return new InvalidExpressionException(
        "comparisons between "
            + left.milvusName()
            + " and "
            + right.milvusName()
            + " are not supported");
  }
}
