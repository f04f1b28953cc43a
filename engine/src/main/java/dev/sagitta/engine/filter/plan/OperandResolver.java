package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.number.ArithmeticOperator;
import dev.sagitta.engine.filter.syntax.BinaryOperator;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.syntax.PathStep;
import dev.sagitta.engine.filter.syntax.UnaryOperator;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.engine.time.CalendarInterval;
import dev.sagitta.engine.time.InvalidTimestampException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds fields by name, fills templates in, folds constants, and gives every operand a type. */
final class OperandResolver {
  private final CollectionSchema schema;
  private final Map<String, Object> templates;
  private final ZoneId zone;
  private final Set<Long> fieldIds = new LinkedHashSet<>();

  /**
   * A resolver for one filter.
   *
   * @param zone the time zone of timestamps without an offset
   */
  OperandResolver(CollectionSchema schema, Map<String, Object> templates, ZoneId zone) {
    this.schema = schema;
    this.templates = templates;
    this.zone = zone;
  }

  /** Fields resolved so far. */
  Set<Long> fieldIds() {
    return fieldIds;
  }

  Operand resolve(Expression expression) {
    return switch (expression) {
      case Expression.Literal(Object value) -> new Operand.Constant(value);
      case Expression.ListLiteral(List<Expression> elements) ->
          new Operand.ConstantList(resolveElements(elements));
      case Expression.ConstantList(List<?> values) -> new Operand.ConstantList(values);
      case Expression.Template(String name) -> resolveTemplate(name);
      case Expression.Timestamp(Expression text) -> resolveTimestamp(text);
      case Expression.IntervalStep step -> resolveIntervalStep(step);
      case Expression.Path path -> resolvePath(path);
      case Expression.Unary unary -> resolveUnary(unary);
      case Expression.Binary binary -> resolveBinary(binary);
      case Expression.Call call when FilterFunctions.isArrayLength(call) -> resolveLength(call);
      case Expression.Not _ ->
          throw new InvalidExpressionException(
              "'not' can only be applied on boolean expressions; it binds tighter than comparisons,"
                  + " write not (a == b)");
      default ->
          throw new InvalidExpressionException(
              "a boolean expression cannot be an operand of a comparison or of arithmetic");
    };
  }

  private List<Object> resolveElements(List<Expression> elements) {
    List<Object> values = new ArrayList<>(elements.size());
    for (Expression element : elements) {
      switch (resolve(element)) {
        case Operand.Constant(Object value) -> values.add(value);
        case Operand.ConstantList(List<?> list) -> values.add(list);
        default -> throw new InvalidExpressionException("a list can only hold constants");
      }
    }
    return values;
  }

  private Operand resolveTemplate(String name) {
    if (!templates.containsKey(name)) {
      throw new InvalidExpressionException(
          "the value of expression template variable name {" + name + "} is not found");
    }
    Object value = Constants.fromTemplate(name, templates.get(name));
    return value instanceof List<?> list
        ? new Operand.ConstantList(list)
        : new Operand.Constant(value);
  }

  private Operand resolveTimestamp(Expression text) {
    if (resolve(text) instanceof Operand.Constant(String string)) {
      return new Operand.Constant(Moment.parse(string, zone));
    }
    throw new InvalidExpressionException("ISO must be followed by a string");
  }

  private Operand resolveIntervalStep(Expression.IntervalStep step) {
    CalendarInterval interval = interval(step.interval());
    CalendarInterval added = step.subtracted() ? interval.negated() : interval;
    Operand operand = resolve(step.operand());
    if (operand instanceof Operand.Constant(Moment moment)) {
      return new Operand.Constant(new Moment(added.addTo(moment.micros())));
    }
    if (operand.type() != DataType.TIMESTAMPTZ || operand instanceof Operand.Shifted) {
      throw new InvalidExpressionException(
          "INTERVAL can only be added to one timestamptz field or timestamp, got: "
              + operand.type().milvusName());
    }
    return new Operand.Shifted(operand, added);
  }

  private static CalendarInterval interval(String text) {
    try {
      return CalendarInterval.parse(text);
    } catch (InvalidTimestampException e) {
      throw new InvalidExpressionException(e.getMessage());
    }
  }

  /** The constant as values of the other operand are: texts become points in time beside those. */
  Operand matching(Operand operand, Operand constant) {
    if (operand.type() != DataType.TIMESTAMPTZ) {
      return constant;
    }
    return switch (constant) {
      case Operand.Constant(String text) -> new Operand.Constant(Moment.parse(text, zone));
      case Operand.ConstantList(List<?> values) ->
          new Operand.ConstantList(
              values.stream()
                  .map(value -> value instanceof String text ? Moment.parse(text, zone) : value)
                  .toList());
      default -> constant;
    };
  }

  Operand resolvePath(Expression.Path path) {
    Optional<FieldSchema> field = schema.field(path.name());
    if (field.isEmpty()) {
      if (StructSchema.isSubField(path.name())) {
        throw new InvalidExpressionException("field " + path.name() + " not exist");
      }
      return resolveDynamic(path);
    }
    fieldIds.add(field.get().id());
    return switch (field.get().type()) {
      case JSON -> new Operand.Json(field.get(), JsonPath.of(path.steps()));
      case ARRAY -> resolveArray(field.get(), path.steps());
      default -> {
        if (!path.steps().isEmpty()) {
          throw new InvalidExpressionException(
              field.get().type().milvusName()
                  + " data type not supported accessed with []: field="
                  + path.name());
        }
        yield new Operand.Field(field.get());
      }
    };
  }

  /** Whether the path is a declared field without any step into it. */
  boolean isWholeField(Expression.Path path) {
    return path.steps().isEmpty() && schema.field(path.name()).isPresent();
  }

  private Operand resolveDynamic(Expression.Path path) {
    FieldSchema dynamic =
        schema
            .dynamicField()
            .orElseThrow(
                () -> new InvalidExpressionException("field " + path.name() + " not exist"));
    fieldIds.add(dynamic.id());
    List<PathStep> steps = new ArrayList<>();
    steps.add(new PathStep.Key(path.name()));
    steps.addAll(path.steps());
    return new Operand.Json(dynamic, JsonPath.of(steps));
  }

  private static Operand resolveArray(FieldSchema field, List<PathStep> steps) {
    if (steps.isEmpty()) {
      return new Operand.Field(field);
    }
    if (steps.size() == 1 && steps.get(0) instanceof PathStep.Index(int index)) {
      return new Operand.Element(field, index);
    }
    throw new InvalidExpressionException(
        "an array is accessed with one integer index: field=" + field.name());
  }

  private Operand resolveUnary(Expression.Unary unary) {
    if (unary.operator() == UnaryOperator.BIT_NOT) {
      throw new InvalidExpressionException("BitNot is not supported");
    }
    Operand operand = resolve(unary.operand());
    boolean minus = unary.operator() == UnaryOperator.MINUS;
    if (operand instanceof Operand.Constant(Object value)) {
      Object negative = Constants.negate(value);
      return minus ? new Operand.Constant(negative) : operand;
    }
    return minus
        ? arithmetic(operand, ArithmeticOperator.SUBTRACT_FROM, 0L)
        : arithmetic(operand, ArithmeticOperator.ADD, 0L);
  }

  private Operand resolveBinary(Expression.Binary binary) {
    BinaryOperator operator = binary.operator();
    ArithmeticOperator step =
        switch (operator) {
          case ADD -> ArithmeticOperator.ADD;
          case SUBTRACT -> ArithmeticOperator.SUBTRACT;
          case MULTIPLY -> ArithmeticOperator.MULTIPLY;
          case DIVIDE -> ArithmeticOperator.DIVIDE;
          case MODULO -> ArithmeticOperator.MODULO;
          case POWER -> ArithmeticOperator.ADD;
          default -> throw Constants.unsupported(operator);
        };
    Operand left = resolve(binary.left());
    Operand right = resolve(binary.right());
    if (left instanceof Operand.Constant(Object first)
        && right instanceof Operand.Constant(Object second)) {
      return new Operand.Constant(Constants.fold(operator, first, second));
    }
    if (operator == BinaryOperator.POWER) {
      throw new InvalidExpressionException("power can only apply on constants");
    }
    if (right instanceof Operand.Constant(Number constant)) {
      return arithmetic(left, step, constant);
    }
    if (left instanceof Operand.Constant(Number constant)) {
      return arithmetic(right, reversed(step), constant);
    }
    if (left.isConstant() || right.isConstant()) {
      throw notArithmetic(operator.milvusName(), left, right);
    }
    throw new InvalidExpressionException("arithmetic on several fields is not supported");
  }

  private static ArithmeticOperator reversed(ArithmeticOperator operator) {
    return switch (operator) {
      case ADD, MULTIPLY -> operator;
      case SUBTRACT -> ArithmeticOperator.SUBTRACT_FROM;
      default ->
          throw new InvalidExpressionException(
              "division or modulus of a constant by a field is not supported");
    };
  }

  private static Operand arithmetic(Operand operand, ArithmeticOperator operator, Number constant) {
    if (operand instanceof Operand.Arithmetic) {
      throw new InvalidExpressionException("complicated arithmetic operations are not supported");
    }
    DataType type = operand.type();
    if (!type.isInteger() && !type.isFloatingPoint() && type != DataType.JSON) {
      throw notArithmetic(operator.name(), operand, new Operand.Constant(constant));
    }
    if (operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO) {
      Constants.requireNotZero(constant);
    }
    if (operator == ArithmeticOperator.MODULO
        && (type.isFloatingPoint() || !(constant instanceof Long))) {
      throw new InvalidExpressionException("modulo can only apply on integer types");
    }
    return new Operand.Arithmetic(operand, operator, constant);
  }

  private static InvalidExpressionException notArithmetic(
      String operator, Operand left, Operand right) {
    return new InvalidExpressionException(
        "'"
            + operator
            + "' can only be used between integer or floating or json field expressions: left="
            + left.type().milvusName()
            + " right="
            + right.type().milvusName());
  }

  private Operand resolveLength(Expression.Call call) {
    if (call.arguments().size() != 1) {
      throw new InvalidExpressionException("array_length takes one argument");
    }
    Operand array = resolve(call.arguments().get(0).value());
    if (array.isConstant()
        || (array.type() != DataType.ARRAY && !(array instanceof Operand.Json))) {
      throw new InvalidExpressionException(
          "array_length operation are only supported on json or array fields now, got: "
              + array.type().milvusName());
    }
    return new Operand.Length(array);
  }
}
