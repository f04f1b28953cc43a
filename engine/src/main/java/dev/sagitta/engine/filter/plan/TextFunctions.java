package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.TextCondition;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextAnalyzers;
import dev.sagitta.engine.text.TextQuery;
import java.util.List;
import java.util.Locale;

/**
 * {@code text_match(field, 'words', minimum_should_match=n)} and {@code phrase_match(field,
 * 'phrase', slop)}.
 */
final class TextFunctions {
  private static final String TEXT_MATCH = "text_match";
  private static final String PHRASE_MATCH = "phrase_match";
  private static final String MINIMUM = "minimum_should_match";
  private static final int MINIMUM_MAX = 1000;
  private static final long SLOP_MAX = 0xffff_ffffL;

  private TextFunctions() {}

  static boolean isTextFunction(Expression.Call call) {
    String name = call.name().toLowerCase(Locale.ROOT);
    return name.equals(TEXT_MATCH) || name.equals(PHRASE_MATCH);
  }

  static Predicate plan(Expression.Call call, OperandResolver resolver, boolean negated) {
    String name = call.name().toLowerCase(Locale.ROOT);
    List<Expression.Argument> arguments = call.arguments();
    if (arguments.size() < 2 || arguments.size() > 3) {
      throw new InvalidExpressionException(
          "function " + name + " takes 2 or 3 arguments, got: " + arguments.size());
    }
    FieldSchema field = field(name, arguments.get(0), resolver);
    String words = words(name, arguments.get(1), resolver);
    TextAnalyzer analyzer = TextAnalyzers.of(field.analyzerParameters());
    TextQuery query =
        name.equals(TEXT_MATCH)
            ? TextQuery.anyOf(analyzer, words, minimum(arguments, resolver))
            : TextQuery.phrase(analyzer, words, slop(arguments, resolver));
    return Leaves.leaf(field, new TextCondition(field.id(), analyzer, query), negated);
  }

  private static FieldSchema field(
      String name, Expression.Argument argument, OperandResolver resolver) {
    String operation = name.equals(TEXT_MATCH) ? "text match" : "phrase match";
    if (argument.label().isPresent()
        || !(resolver.resolve(argument.value()) instanceof Operand.Field(FieldSchema field))
        || field.type() != DataType.VARCHAR) {
      throw new InvalidExpressionException(operation + " operation on non-string is unsupported");
    }
    if (!field.matched()) {
      throw new InvalidExpressionException("field \"" + field.name() + "\" does not enable match");
    }
    return field;
  }

  private static String words(String name, Expression.Argument argument, OperandResolver resolver) {
    if (argument.label().isEmpty()
        && resolver.resolve(argument.value()) instanceof Operand.Constant(Object value)
        && value instanceof String text) {
      return text;
    }
    throw new InvalidExpressionException(
        "the second argument of " + name + " must be a string constant");
  }

  private static int minimum(List<Expression.Argument> arguments, OperandResolver resolver) {
    if (arguments.size() == 2) {
      return 1;
    }
    Expression.Argument argument = arguments.get(2);
    String label = argument.label().orElse("");
    if (!label.equals(MINIMUM)) {
      throw new InvalidExpressionException(
          "function " + TEXT_MATCH + " has no parameter named " + label + ", but " + MINIMUM);
    }
    if (!(resolver.resolve(argument.value()) instanceof Operand.Constant(Object value))
        || !(value instanceof Long number)) {
      throw new InvalidExpressionException(MINIMUM + " should be a const integer expression");
    }
    if (number < 1 || number > MINIMUM_MAX) {
      throw new InvalidExpressionException(
          MINIMUM + " should be in range [1, " + MINIMUM_MAX + "], got " + number);
    }
    return number.intValue();
  }

  private static long slop(List<Expression.Argument> arguments, OperandResolver resolver) {
    if (arguments.size() == 2) {
      return 0;
    }
    Expression.Argument argument = arguments.get(2);
    argument
        .label()
        .filter(label -> !label.equals("slop"))
        .ifPresent(
            label -> {
              throw new InvalidExpressionException(
                  "function " + PHRASE_MATCH + " has no parameter named " + label);
            });
    if (!(resolver.resolve(argument.value()) instanceof Operand.Constant(Object value))
        || !(value instanceof Long number)) {
      throw new InvalidExpressionException(
          "\"slop\" should be a const integer expression with \"uint32\" value");
    }
    if (number < 0) {
      throw new InvalidExpressionException(
          "slop should not be a negative interger. slop: " + number);
    }
    if (number > SLOP_MAX) {
      throw new InvalidExpressionException(
          "slop exceeds the range of type uint32. slop: " + number);
    }
    return number;
  }
}
