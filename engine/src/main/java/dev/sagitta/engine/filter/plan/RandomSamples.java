package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code random_sample(0.1)}: a part of the rows that pass everything else. It is the last operand
 * of the outermost {@code and}, or the whole filter.
 */
final class RandomSamples {
  static final String NAME = "random_sample";

  /** Fractions closer to 0 or 1 are refused. */
  private static final double MARGIN = 1e-10;

  private RandomSamples() {}

  /** The sample that a whole filter ends with. */
  static Optional<Expression.Call> sampleOf(Expression filter) {
    Expression last =
        filter instanceof Expression.And(List<Expression> operands) ? operands.getLast() : filter;
    return last instanceof Expression.Call call && isSample(call)
        ? Optional.of(call)
        : Optional.empty();
  }

  /** What a filter that ends with a sample asks before; empty if it is nothing but the sample. */
  static Optional<Expression> withoutSample(Expression filter) {
    if (!(filter instanceof Expression.And(List<Expression> operands))) {
      return Optional.empty();
    }
    List<Expression> others = operands.subList(0, operands.size() - 1);
    return Optional.of(others.size() == 1 ? others.getFirst() : new Expression.And(others));
  }

  private static boolean isSample(Expression.Call call) {
    return call.name().toLowerCase(Locale.ROOT).equals(NAME);
  }

  static double fraction(Expression.Call call, OperandResolver resolver) {
    if (call.arguments().size() != 1 || call.arguments().getFirst().label().isPresent()) {
      throw new InvalidExpressionException("sample factor missed: random_sample takes one number");
    }
    if (!(resolver.resolve(call.arguments().getFirst().value())
        instanceof Operand.Constant(Number number))) {
      throw new InvalidExpressionException("\"float factor\" should be a const float expression");
    }
    double fraction = number.doubleValue();
    if (fraction <= MARGIN || fraction >= 1 - MARGIN) {
      throw new InvalidExpressionException(
          "the sample factor should be between 0 and 1 and not too close to 0 or 1(the difference"
              + " should be larger than 1e-10), but got "
              + number);
    }
    return fraction;
  }

  static InvalidExpressionException misplaced() {
    return new InvalidExpressionException(
        "random sample expression can only be the last expression in the logical and expression");
  }
}
