package dev.sagitta.engine.index;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.Map;

/** Reads index parameters, which clients give as text, with the errors that they expect. */
public final class IndexParameters {
  private IndexParameters() {}

  /**
   * The integer of that name, or the default if there is none.
   *
   * @throws SagittaException code 1100, if the text is no integer or is out of range
   */
  public static int integer(
      Map<String, String> parameters, String name, int defaultValue, int minimum, int maximum) {
    String text = parameters.get(name);
    if (text == null) {
      return defaultValue;
    }
    long value;
    try {
      value = Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new SagittaException(
          ErrorCode.INVALID_PARAMETER,
          String.format("Type conflict in json: param '%s' (%s) should be integer", name, text),
          e);
    }
    return requireInRange(name, value, minimum, maximum);
  }

  /**
   * The number of that name, or the default if there is none.
   *
   * @throws SagittaException code 1100, if the text is no number or is out of the closed range
   */
  public static double number(
      Map<String, String> parameters,
      String name,
      double defaultValue,
      double minimum,
      double maximum) {
    String text = parameters.get(name);
    if (text == null) {
      return defaultValue;
    }
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new SagittaException(
          ErrorCode.INVALID_PARAMETER,
          String.format("Type conflict in json: param '%s' (%s) should be a number", name, text),
          e);
    }
    if (!(value >= minimum && value <= maximum)) {
      throw SagittaException.invalidParameter(
          String.format(
              "Out of range in json: param '%s' (%s) should be in range [%s, %s]",
              name, text, minimum, maximum));
    }
    return value;
  }

  /**
   * The value, if it is in the closed range.
   *
   * @throws SagittaException code 1100, if it is not
   */
  public static int requireInRange(String name, long value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw SagittaException.invalidParameter(
          String.format(
              "Out of range in json: param '%s' (%d) should be in range [%d, %d]",
              name, value, minimum, maximum));
    }
    return (int) value;
  }
}
