package dev.sagitta.engine.filter.json;

import dev.sagitta.engine.filter.number.ArithmeticOperator;
import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Test;
import java.util.List;

/** The tests of JSON values. */
public final class JsonTests {
  private JsonTests() {}

  /** Every value that is not JSON null. */
  public static JsonTest present() {
    return new Present();
  }

  /** Every array. */
  public static JsonTest array() {
    return new IsArray();
  }

  public static JsonTest number(NumberRange range) {
    return new InRange(range);
  }

  public static JsonTest string(Utf8Test test) {
    return new Text(test);
  }

  public static JsonTest bool(boolean expected) {
    return new Bool(expected);
  }

  /** Arrays of which some element passes. */
  public static JsonTest anyElement(JsonTest element) {
    return new AnyElement(element);
  }

  /** See {@link #present}. */
  public record Present() implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return true;
    }
  }

  /** See {@link #array}. */
  public record IsArray() implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return value.isArray();
    }
  }

  /** Numbers in a range. */
  public record InRange(NumberRange range) implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return value.readNumber()
          && (value.isLong()
              ? range.longs().contains(value.longValue())
              : range.doubles().contains(value.doubleValue()));
    }
  }

  /** Strings that pass. */
  public record Text(Utf8Test test) implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return value.stringMatches(test);
    }
  }

  /** One of true and false. */
  public record Bool(boolean expected) implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return expected ? value.isTrue() : value.isFalse();
    }
  }

  /** See {@link #anyElement}. */
  public record AnyElement(JsonTest element) implements JsonTest {
    @Override
    public boolean matches(JsonValue value) {
      return value.anyElement(element);
    }
  }

  /**
   * Numbers whose result of the arithmetic lies in the range. Long with long stays long, anything
   * else is double; modulo exists for longs only.
   */
  public static JsonTest arithmetic(
      ArithmeticOperator operator, Number constant, NumberRange range) {
    boolean longConstant = constant instanceof Long;
    long longOperand = constant.longValue();
    double doubleOperand = constant.doubleValue();
    return value -> {
      if (!value.readNumber()) {
        return false;
      }
      if (value.isLong() && longConstant) {
        return range.longs().contains(operator.apply(value.longValue(), longOperand));
      }
      return operator != ArithmeticOperator.MODULO
          && range.doubles().contains(operator.apply(value.doubleValue(), doubleOperand));
    };
  }

  /**
   * Values equal to a constant.
   *
   * @param constant Boolean, Long, Double, String or a List of these
   */
  public static JsonTest equalTo(Object constant) {
    return switch (constant) {
      case Boolean bool -> bool(bool);
      case String string -> string(new Utf8Comparison(ComparisonOperator.EQUAL, string));
      case Number number -> number(NumberRange.of(ComparisonOperator.EQUAL, number));
      case List<?> list -> {
        JsonTest[] elements = list.stream().map(JsonTests::equalTo).toArray(JsonTest[]::new);
        yield value -> value.elementsMatch(elements);
      }
      default -> throw new IllegalArgumentException("not a constant: " + constant.getClass());
    };
  }
}
