package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.JsonCondition;
import dev.sagitta.engine.filter.evaluate.NullCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.FieldSchema;

/** Plans {@code is null}, {@code is not null} and {@code exists}. */
final class NullPlanner {
  private NullPlanner() {}

  /**
   * Plans {@code is null}; never unknown. A missing key and a JSON null are null. Of vector fields
   * only nullable ones may be asked; Milvus refuses these too.
   */
  static Predicate planIsNull(Operand operand, boolean wholeField, boolean negated) {
    if (operand.type().isVector() && !operand.sourceField().nullable()) {
      throw new InvalidExpressionException(
          "IsNull/IsNotNull operations are not supported on vector fields");
    }
    if (operand instanceof Operand.Element(FieldSchema field, int _)) {
      throw new InvalidExpressionException(
          "IsNull/IsNotNull operations are not supported on array elements: field=" + field.name());
    }
    if (operand instanceof Operand.Json(FieldSchema field, JsonPath path) && !wholeField) {
      return Leaves.neverUnknown(
          new JsonCondition(field.id(), path, JsonTests.present()), !negated);
    }
    return Leaves.neverUnknown(new NullCondition(operand.sourceField().id()), negated);
  }

  static Predicate planExists(Operand operand, boolean negated) {
    if (operand instanceof Operand.Json(FieldSchema field, JsonPath path)) {
      return Leaves.leaf(field, new JsonCondition(field.id(), path, JsonTests.present()), negated);
    }
    throw new InvalidExpressionException(
        "exists operations are only supportted on json field, got:" + operand.type().milvusName());
  }
}
