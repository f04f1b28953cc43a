package dev.sagitta.engine.filter.plan;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.number.ArithmeticOperator;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.CalendarInterval;
import java.util.List;

/** A value with a type: what stands on either side of an operator. */
sealed interface Operand {

  /** The type; for messages and for choosing an evaluator. */
  DataType type();

  /**
   * A constant.
   *
   * @param value Boolean, Long, Double, String or {@link Moment}
   */
  record Constant(Object value) implements Operand {
    public Constant {
      requireNonNull(value, "value is null");
    }

    @Override
    public DataType type() {
      return switch (value) {
        case Boolean ignored -> DataType.BOOL;
        case Long ignored -> DataType.INT64;
        case Double ignored -> DataType.DOUBLE;
        case Moment ignored -> DataType.TIMESTAMPTZ;
        default -> DataType.VARCHAR;
      };
    }
  }

  /**
   * A list of constants.
   *
   * @param values each a Boolean, Long, Double, String, {@link Moment} or a List of these
   */
  record ConstantList(List<?> values) implements Operand {
    public ConstantList {
      requireNonNull(values, "values is null");
    }

    @Override
    public DataType type() {
      return DataType.ARRAY;
    }
  }

  /** A field as a whole; never a JSON one. */
  record Field(FieldSchema field) implements Operand {
    public Field {
      requireNonNull(field, "field is null");
    }

    @Override
    public DataType type() {
      return field.type();
    }
  }

  /** A value inside a JSON field, or all of it. */
  record Json(FieldSchema field, JsonPath path) implements Operand {
    public Json {
      requireNonNull(field, "field is null");
      requireNonNull(path, "path is null");
    }

    @Override
    public DataType type() {
      return DataType.JSON;
    }
  }

  /** One element of an Array field. */
  record Element(FieldSchema field, int index) implements Operand {
    public Element {
      requireNonNull(field, "field is null");
    }

    @Override
    public DataType type() {
      return field.elementType().orElseThrow();
    }
  }

  /**
   * The length of an array.
   *
   * @param array a {@link Field} of type Array, or a {@link Json}
   */
  record Length(Operand array) implements Operand {
    public Length {
      requireNonNull(array, "array is null");
    }

    @Override
    public DataType type() {
      return DataType.INT64;
    }
  }

  /**
   * One step of arithmetic.
   *
   * @param operand a number that depends on the row
   * @param constant Long or Double
   */
  record Arithmetic(Operand operand, ArithmeticOperator operator, Number constant)
      implements Operand {
    public Arithmetic {
      requireNonNull(operand, "operand is null");
      requireNonNull(operator, "operator is null");
      requireNonNull(constant, "constant is null");
    }

    @Override
    public DataType type() {
      DataType type = operand.type();
      if (type.isInteger()) {
        return constant instanceof Long ? DataType.INT64 : DataType.DOUBLE;
      }
      return type;
    }
  }

  /**
   * A point in time of a row, moved.
   *
   * @param operand a {@link Field} of type Timestamptz, or another one of these
   */
  record Shifted(Operand operand, CalendarInterval interval) implements Operand {
    public Shifted {
      requireNonNull(operand, "operand is null");
      requireNonNull(interval, "interval is null");
    }

    @Override
    public DataType type() {
      return DataType.TIMESTAMPTZ;
    }
  }

  /** Whether no row is needed to know it. */
  default boolean isConstant() {
    return this instanceof Constant || this instanceof ConstantList;
  }

  /** The field that the value comes from. */
  default FieldSchema sourceField() {
    return switch (this) {
      case Field(FieldSchema field) -> field;
      case Json(FieldSchema field, JsonPath _) -> field;
      case Element(FieldSchema field, int _) -> field;
      case Length(Operand array) -> array.sourceField();
      case Arithmetic(Operand operand, ArithmeticOperator _, Number _) -> operand.sourceField();
      case Shifted(Operand operand, CalendarInterval _) -> operand.sourceField();
      case Constant _, ConstantList _ ->
          throw new IllegalStateException("a constant comes from no field");
    };
  }
}
