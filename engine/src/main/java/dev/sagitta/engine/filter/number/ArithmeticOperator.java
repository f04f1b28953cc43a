package dev.sagitta.engine.filter.number;

/**
 * The one step of arithmetic between a value and a constant. Integers are 64 bits wide and wrap;
 * division truncates towards zero. The constant of a division or modulo is not zero.
 */
public enum ArithmeticOperator {
  ADD,
  SUBTRACT,
  /** The constant minus the value. */
  SUBTRACT_FROM,
  MULTIPLY,
  DIVIDE,
  MODULO;

  public long apply(long value, long constant) {
    return switch (this) {
      case ADD -> value + constant;
      case SUBTRACT -> value - constant;
      case SUBTRACT_FROM -> constant - value;
      case MULTIPLY -> value * constant;
      case DIVIDE -> value / constant;
      case MODULO -> value % constant;
    };
  }

  public double apply(double value, double constant) {
    return switch (this) {
      case ADD -> value + constant;
      case SUBTRACT -> value - constant;
      case SUBTRACT_FROM -> constant - value;
      case MULTIPLY -> value * constant;
      case DIVIDE -> value / constant;
      case MODULO -> value % constant;
    };
  }
}
