package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.syntax.BinaryOperator;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import java.util.List;
import java.util.OptionalInt;

/** Arithmetic and comparison of constants, and values of templates. */
final class Constants {
  private static final int MAXIMUM_LIST_NESTING = 16;

  private Constants() {}

  /** The value of a template as Boolean, Long, Double, String or List of these. */
  static Object fromTemplate(String name, Object value) {
    return fromTemplate(name, value, 0);
  }

  private static Object fromTemplate(String name, Object value, int nesting) {
    return switch (value) {
      case Boolean bool -> bool;
      case String string -> string;
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case Float number -> finite(name, number.doubleValue());
      case Double number -> finite(name, number);
      case List<?> list when nesting < MAXIMUM_LIST_NESTING ->
          list.stream().map(element -> fromTemplate(name, element, nesting + 1)).toList();
      case null, default ->
          throw new InvalidExpressionException(
              "the value of expression template variable name {"
                  + name
                  + "} is neither bool, number, string nor a list of these");
    };
  }

  private static Object finite(String name, double value) {
    if (Double.isFinite(value)) {
      return value;
    }
    throw new InvalidExpressionException(
        "the value of expression template variable name {" + name + "} is not finite: " + value);
  }

  /** The negative of a number. */
  static Object negate(Object value) {
    return switch (value) {
      case Long number -> fold(BinaryOperator.SUBTRACT, 0L, number);
      case Double number -> -number;
      default -> throw notNumeric("-");
    };
  }

  /** The result of {@code left operator right}; neither a bit operator nor a shift. */
  static Object fold(BinaryOperator operator, Object left, Object right) {
    if (!(left instanceof Number first) || !(right instanceof Number second)) {
      throw notNumeric(operator.milvusName());
    }
    if (operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO) {
      requireNotZero(second);
    }
    if (first instanceof Long firstLong && second instanceof Long secondLong) {
      return foldLongs(operator, firstLong, secondLong);
    }
    if (operator == BinaryOperator.MODULO) {
      throw new InvalidExpressionException("modulo can only apply on integer types");
    }
    return foldDoubles(operator, first.doubleValue(), second.doubleValue());
  }

  private static Object foldLongs(BinaryOperator operator, long left, long right) {
    try {
      return switch (operator) {
        case ADD -> Math.addExact(left, right);
        case SUBTRACT -> Math.subtractExact(left, right);
        case MULTIPLY -> Math.multiplyExact(left, right);
        case DIVIDE -> Math.divideExact(left, right);
        case MODULO -> left % right;
        case POWER -> power(left, right);
        default -> throw unsupported(operator);
      };
    } catch (ArithmeticException e) {
      throw new InvalidExpressionException(
          "integer overflow in constants: " + left + " " + operator.milvusName() + " " + right);
    }
  }

  private static Object power(long base, long exponent) {
    if (exponent < 0) {
      return Math.pow((double) base, (double) exponent);
    }
    // Powers of -1, 0 and 1 never overflow and repeat after two steps.
    long steps = base >= -1 && base <= 1 && exponent > 2 ? 2 - (exponent & 1) : exponent;
    long result = 1;
    for (long i = 0; i < steps; i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private static Object foldDoubles(BinaryOperator operator, double left, double right) {
    double result =
        switch (operator) {
          case ADD -> left + right;
          case SUBTRACT -> left - right;
          case MULTIPLY -> left * right;
          case DIVIDE -> left / right;
          case POWER -> Math.pow(left, right);
          default -> throw unsupported(operator);
        };
    if (!Double.isFinite(result)) {
      throw new InvalidExpressionException(
          "overflow in constants: " + left + " " + operator.milvusName() + " " + right);
    }
    return result;
  }

  static void requireNotZero(Number divisor) {
    if (divisor.doubleValue() == 0) {
      throw new InvalidExpressionException("division or modulus by zero");
    }
  }

  /**
   * How two constants compare, if they can be: numbers, strings, points in time, or equal or
   * different Bools.
   */
  static OptionalInt compare(Object left, Object right) {
    if (left instanceof String first && right instanceof String second) {
      boolean less = new Utf8Comparison(ComparisonOperator.LESS, second).matchesString(first);
      return OptionalInt.of(less ? -1 : first.equals(second) ? 0 : 1);
    }
    if (left instanceof Boolean first && right instanceof Boolean second) {
      return OptionalInt.of(Boolean.compare(first, second));
    }
    if (left instanceof Number first && right instanceof Number second) {
      return OptionalInt.of(compareNumbers(first, second));
    }
    if (left instanceof Moment first && right instanceof Moment second) {
      return OptionalInt.of(Long.compare(first.micros(), second.micros()));
    }
    return OptionalInt.empty();
  }

  static int compareNumbers(Number left, Number right) {
    if (left instanceof Long first) {
      return right instanceof Long second
          ? Long.compare(first, second)
          : DoubleRange.compare(first, right.doubleValue());
    }
    if (right instanceof Long second) {
      return -DoubleRange.compare(second, left.doubleValue());
    }
    return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
  }

  static InvalidExpressionException unsupported(BinaryOperator operator) {
    return new InvalidExpressionException(operator.milvusName() + " is not supported");
  }

  private static InvalidExpressionException notNumeric(String operator) {
    return new InvalidExpressionException(
        "'"
            + operator
            + "' can only be used between integer or floating or json field expressions");
  }
}
