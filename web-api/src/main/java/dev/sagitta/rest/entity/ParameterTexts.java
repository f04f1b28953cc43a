package dev.sagitta.rest.entity;

import dev.sagitta.engine.error.SagittaException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads parameters that clients send as text: Python says {@code True}, others {@code true}. */
final class ParameterTexts {
  private ParameterTexts() {}

  /** The truth value of that name; code 1100 for another text. */
  static Optional<Boolean> flag(Map<String, String> parameters, String name) {
    String text = parameters.get(name);
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (text.toLowerCase(Locale.ROOT)) {
          case "true", "t", "1" -> true;
          case "false", "f", "0" -> false;
          default -> throw unusable(name, text, "true or false");
        });
  }

  /** The whole number of that name; code 1100 for another text. */
  static OptionalLong integer(Map<String, String> parameters, String name) {
    String text = parameters.get(name);
    if (text == null || text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw unusable(name, text, "an integer");
    }
  }

  /** The finite number of that name; code 1100 for another text. */
  static OptionalDouble number(Map<String, String> parameters, String name) {
    String text = parameters.get(name);
    if (text == null || text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw unusable(name, text, "a number");
    }
    throw unusable(name, text, "a number");
  }

  /** The number of that name; code 1100 if there is none. */
  static double requiredNumber(Map<String, String> parameters, String name, String owner) {
    return number(parameters, name)
        .orElseThrow(() -> SagittaException.invalidParameter(owner + " lost param: " + name));
  }

  private static SagittaException unusable(String name, String text, String expected) {
    return SagittaException.invalidParameter(
        "parameter is not " + expected + ": " + name + "=" + text);
  }
}
