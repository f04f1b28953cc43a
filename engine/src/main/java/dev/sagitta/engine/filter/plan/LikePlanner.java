package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.ElementCondition;
import dev.sagitta.engine.filter.evaluate.ElementTest;
import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.StringCondition;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.text.LikePattern;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;

/** Plans tests of strings: {@code like} and functions of its kind. */
final class LikePlanner {
  private LikePlanner() {}

  static Predicate plan(Operand operand, Operand pattern, boolean negated) {
    if (!(pattern instanceof Operand.Constant(String text))) {
      throw new InvalidExpressionException(
          "the right-hand side of 'like' must be a string: type=" + pattern.type().milvusName());
    }
    return plan(operand, LikePattern.compile(text), "like", negated);
  }

  /** Plans any test of a string, named by {@code name} in messages. */
  static Predicate plan(Operand operand, Utf8Test test, String name, boolean negated) {
    Condition condition =
        switch (operand) {
          case Operand.Json(FieldSchema field, JsonPath path) ->
              new JsonCondition(field.id(), path, JsonTests.string(test));
          case Operand.Field(FieldSchema field) when field.type() == DataType.VARCHAR ->
              new StringCondition(field.id(), test);
          case Operand.Element(FieldSchema field, int index)
              when operand.type() == DataType.VARCHAR ->
              new ElementCondition(field.id(), index, new ElementTest.Strings(test));
          default ->
              throw new InvalidExpressionException(
                  name + " operation on non-string or no-json field is unsupported");
        };
    return Leaves.leaf(operand.sourceField(), condition, negated);
  }
}
