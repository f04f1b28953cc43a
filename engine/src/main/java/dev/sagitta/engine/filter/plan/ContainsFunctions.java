package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.ArrayContainsCondition;
import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.LongCondition;
import dev.sagitta.engine.filter.evaluate.LongSource;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSet;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;

/**
 * {@code json_contains} and {@code array_contains} with {@code _all} and {@code _any}. What is not
 * an array contains nothing.
 */
final class ContainsFunctions {
  private ContainsFunctions() {}

  static Predicate contains(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 2);
    Object value =
        switch (arguments.get(1)) {
          case Operand.Constant(Object scalar) -> scalar;
          case Operand.ConstantList(List<?> list) -> list;
          default ->
              throw new InvalidExpressionException(name + " operation element must be a constant");
        };
    return anyOf(name, arguments.get(0), List.of(value), negated);
  }

  static Predicate containsAny(String name, List<Operand> arguments, boolean negated) {
    List<?> values = listOf(name, arguments);
    return anyOf(name, arguments.get(0), values, negated);
  }

  static Predicate containsAll(String name, List<Operand> arguments, boolean negated) {
    List<?> values = listOf(name, arguments);
    Operand array = arguments.get(0);
    if (values.isEmpty()) {
      return allOfNothing(name, array, negated);
    }
    return PredicatePlanner.join(
        values.stream()
            .distinct()
            .map(value -> anyOf(name, array, List.of(value), negated))
            .toList(),
        negated);
  }

  private static List<?> listOf(String name, List<Operand> arguments) {
    FilterFunction.requireArguments(name, arguments, 2);
    if (arguments.get(1) instanceof Operand.ConstantList(List<?> values)) {
      return values;
    }
    throw new InvalidExpressionException(name + " operation element must be an array");
  }

  private static Predicate anyOf(String name, Operand array, List<?> values, boolean negated) {
    Condition condition =
        switch (array) {
          case Operand.Json(FieldSchema field, JsonPath path) ->
              new JsonCondition(field.id(), path, JsonTests.anyElement(elementTest(values)));
          case Operand.Field(FieldSchema field) when field.type() == DataType.ARRAY ->
              new ArrayContainsCondition(field.id(), ElementTests.oneOf(field, values));
          default -> throw notArray(name, array);
        };
    return Leaves.leaf(array.sourceField(), condition, negated);
  }

  private static JsonTest elementTest(List<?> values) {
    return values.size() == 1 ? JsonTests.equalTo(values.get(0)) : new JsonSet(values);
  }

  /** Every array, also an empty one, contains all of nothing. */
  private static Predicate allOfNothing(String name, Operand array, boolean negated) {
    return switch (array) {
      case Operand.Json(FieldSchema field, JsonPath path) ->
          Leaves.leaf(field, new JsonCondition(field.id(), path, JsonTests.array()), negated);
      case Operand.Field(FieldSchema field) when field.type() == DataType.ARRAY ->
          Leaves.leaf(field, everyLength(field), negated);
      default -> throw notArray(name, array);
    };
  }

  private static Condition everyLength(FieldSchema field) {
    return new LongCondition(
        new LongSource.ArrayLength(field.id()), new LongRange(0, Integer.MAX_VALUE), false);
  }

  private static InvalidExpressionException notArray(String name, Operand operand) {
    return new InvalidExpressionException(
        name
            + " operation are only supported on json or array fields now, got: "
            + operand.type().milvusName());
  }
}
