package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.ElementTest;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;

/** Makes tests for elements of Array fields. */
final class ElementTests {
  private ElementTests() {}

  /** A test for elements equal to one of the constants, which must fit the element type. */
  static ElementTest oneOf(FieldSchema field, List<?> values) {
    DataType type = field.elementType().orElseThrow();
    boolean single = values.size() == 1;
    return switch (type) {
      case INT8, INT16, INT32, INT64 -> {
        long[] longs = ConstantLists.toLongs(values, type);
        yield new ElementTest.Longs(
            single ? new LongRange(longs[0], longs[0]) : ConstantLists.longSet(values, type));
      }
      case FLOAT, DOUBLE ->
          new ElementTest.Doubles(
              single && values.get(0) instanceof Number number
                  ? DoubleRange.of(ComparisonOperator.EQUAL, Leaves.roundedTo(type, number))
                  : ConstantLists.doubleSet(values, type));
      case VARCHAR -> {
        List<String> strings = ConstantLists.toStrings(values, type);
        yield new ElementTest.Strings(
            single
                ? new Utf8Comparison(ComparisonOperator.EQUAL, strings.get(0))
                : ConstantLists.stringSet(values, type));
      }
      case BOOL -> {
        ConstantLists.requireBooleans(values);
        yield new ElementTest.Booleans(values.contains(true), values.contains(false));
      }
      default ->
          throw new InvalidExpressionException(
              "elements of this type cannot be tested: type=" + type.milvusName());
    };
  }
}
