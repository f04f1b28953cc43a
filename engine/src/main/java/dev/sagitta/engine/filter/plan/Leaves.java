package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Condition;
import dev.sagitta.engine.filter.evaluate.DoubleSource;
import dev.sagitta.engine.filter.evaluate.LeafPredicate;
import dev.sagitta.engine.filter.evaluate.LongSource;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.number.ArithmeticOperator;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.CalendarInterval;
import java.util.List;

/** Makes leaves, and the sources of numbers that they read. */
final class Leaves {
  private Leaves() {}

  /**
   * A condition on one field, unknown where the field is null. The dynamic field is never unknown:
   * a row without one has no dynamic keys.
   */
  static Predicate leaf(FieldSchema field, Condition condition, boolean negated) {
    List<Long> unknownWhenNull = field.dynamic() ? List.of() : List.of(field.id());
    return new LeafPredicate(condition, unknownWhenNull, negated);
  }

  /** A condition that knows what to do with nulls. */
  static Predicate neverUnknown(Condition condition, boolean negated) {
    return new LeafPredicate(condition, List.of(), negated);
  }

  /** The integers of an operand of an integer type, or the microseconds of a Timestamptz. */
  static LongSource longs(Operand operand) {
    return switch (operand) {
      case Operand.Field(FieldSchema field) -> new LongSource.Field(field.id());
      case Operand.Element(FieldSchema field, int index) ->
          new LongSource.Element(field.id(), index);
      case Operand.Length(Operand.Json(FieldSchema field, JsonPath path)) ->
          new LongSource.JsonArrayLength(field.id(), path);
      case Operand.Length(Operand array) -> new LongSource.ArrayLength(array.sourceField().id());
      case Operand.Arithmetic(Operand source, ArithmeticOperator operator, Number constant) ->
          new LongSource.Arithmetic(longs(source), operator, constant.longValue());
      case Operand.Shifted(Operand source, CalendarInterval interval) ->
          new LongSource.Shifted(longs(source), interval);
      default -> throw new IllegalStateException("not integers: type=" + operand.type());
    };
  }

  /** The numbers of an operand of type Float or Double. */
  static DoubleSource doubles(Operand operand) {
    return switch (operand) {
      case Operand.Field(FieldSchema field) -> new DoubleSource.Field(field.id());
      case Operand.Element(FieldSchema field, int index) ->
          new DoubleSource.Element(field.id(), index);
      case Operand.Arithmetic(Operand source, ArithmeticOperator operator, Number constant) -> {
        boolean single = source.type() == DataType.FLOAT;
        DoubleSource numbers =
            source.type().isInteger() ? new DoubleSource.Widened(longs(source)) : doubles(source);
        double rounded = single ? constant.floatValue() : constant.doubleValue();
        yield new DoubleSource.Arithmetic(numbers, operator, rounded, single);
      }
      default -> throw new IllegalStateException("not doubles: type=" + operand.type());
    };
  }

  /** The constant as values of the type can be: a Float field never equals the double 0.1. */
  static Number roundedTo(DataType type, Number constant) {
    return type == DataType.FLOAT ? (Double) (double) constant.floatValue() : constant;
  }
}
