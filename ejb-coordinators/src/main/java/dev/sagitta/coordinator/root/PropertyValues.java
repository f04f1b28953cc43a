package dev.sagitta.coordinator.root;

import dev.sagitta.engine.error.SagittaException;
import java.util.Locale;

/** Values of properties, which come as texts. */
final class PropertyValues {
  private PropertyValues() {}

  /**
   * @throws SagittaException 1100, if the text is neither true nor false
   */
  static boolean flag(String key, String value) {
    return switch (value.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw SagittaException.invalidParameter(
              "property must be true or false: " + key + "=" + value);
    };
  }

  /**
   * @throws SagittaException 1100, if the text is no number
   */
  static void number(String key, String value) {
    try {
      var _ = Double.parseDouble(value.trim());
    } catch (NumberFormatException e) {
      throw SagittaException.invalidParameter("property must be a number: " + key + "=" + value);
    }
  }

  /**
   * @throws SagittaException 1100, if the text is no integer above 0
   */
  static int positive(String key, String value) {
    try {
      int number = Integer.parseInt(value.trim());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered like a number out of range.
    }
    throw SagittaException.invalidParameter(
        "property must be an integer above 0: " + key + "=" + value);
  }
}
