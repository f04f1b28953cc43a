package dev.sagitta.engine.filter.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import java.util.Arrays;
import java.util.List;

/** {@code starts_with(field, 'x')} and {@code empty(field)}. */
final class StringFunctions {
  private StringFunctions() {}

  static Predicate startsWith(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 2);
    if (!(arguments.get(1) instanceof Operand.Constant(String text))) {
      throw new InvalidExpressionException(
          "the second argument of " + name + " must be a string constant");
    }
    byte[] prefix = text.getBytes(UTF_8);
    return LikePlanner.plan(
        arguments.get(0),
        (utf8, offset, length) ->
            length >= prefix.length
                && Arrays.equals(utf8, offset, offset + prefix.length, prefix, 0, prefix.length),
        name,
        negated);
  }

  static Predicate empty(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 1);
    return LikePlanner.plan(arguments.get(0), (utf8, offset, length) -> length == 0, name, negated);
  }
}
