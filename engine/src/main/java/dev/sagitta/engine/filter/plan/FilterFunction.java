package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import java.util.List;

/** Plans a call whose answer is true or false. */
@FunctionalInterface
interface FilterFunction {

  /**
   * Plans one call.
   *
   * @param name the function's name in lower case, for messages
   * @param arguments what stands between the parentheses, resolved
   * @param negated whether the rows are wanted for which the answer is false
   */
  Predicate plan(String name, List<Operand> arguments, boolean negated);

  static void requireArguments(String name, List<Operand> arguments, int count) {
    if (arguments.size() != count) {
      throw new InvalidExpressionException(
          "function " + name + " takes " + count + " arguments, got: " + arguments.size());
    }
  }
}
