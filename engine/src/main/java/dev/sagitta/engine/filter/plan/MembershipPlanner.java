package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.BooleanCondition;
import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.DoubleCondition;
import dev.sagitta.engine.filter.evaluate.ElementCondition;
import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.LongCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.StringCondition;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSet;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;

/** Plans {@code in} and {@code not in}. */
final class MembershipPlanner {
  private MembershipPlanner() {}

  static Predicate plan(Operand operand, Operand list, boolean negated) {
    if (!(list instanceof Operand.ConstantList(List<?> values))) {
      throw new InvalidExpressionException("the right-hand side of 'in' must be a list");
    }
    if (operand.isConstant()) {
      throw new InvalidExpressionException("'in' can only be used on a single field");
    }
    return Leaves.leaf(operand.sourceField(), condition(operand, values), negated);
  }

  private static Condition condition(Operand operand, List<?> values) {
    DataType type = operand.type();
    long fieldId = operand.sourceField().id();
    return switch (operand) {
      case Operand.Json(FieldSchema field, JsonPath path) ->
          new JsonCondition(field.id(), path, new JsonSet(values));
      case Operand _ when type.isInteger() ->
          new LongCondition(Leaves.longs(operand), ConstantLists.longSet(values, type), false);
      case Operand _ when type.isFloatingPoint() ->
          new DoubleCondition(
              Leaves.doubles(operand), ConstantLists.doubleSet(values, type), false);
      case Operand _ when type == DataType.TIMESTAMPTZ ->
          new LongCondition(Leaves.longs(operand), ConstantLists.momentSet(values), false);
      case Operand.Element(FieldSchema field, int index) ->
          new ElementCondition(field.id(), index, ElementTests.oneOf(field, values));
      case Operand _ when type == DataType.VARCHAR ->
          new StringCondition(fieldId, ConstantLists.stringSet(values, type));
      case Operand _ when type == DataType.BOOL -> {
        ConstantLists.requireBooleans(values);
        yield new BooleanCondition(fieldId, values.contains(true), values.contains(false));
      }
      default ->
          throw new InvalidExpressionException(
              "'in' is not supported on this type: type=" + type.milvusName());
    };
  }
}
