package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Prefix;
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
    return LikePlanner.plan(arguments.get(0), new Utf8Prefix(text), name, negated);
  }

  static Predicate empty(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 1);
    return LikePlanner.plan(
        arguments.get(0), new Utf8Comparison(ComparisonOperator.EQUAL, ""), name, negated);
  }
}
