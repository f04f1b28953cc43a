package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.geometry.SpatialRelation;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions of filters by name. Adding one is adding a line to the table. */
final class FilterFunctions {
  private static final String ARRAY_LENGTH = "array_length";

  private static final Map<String, FilterFunction> BY_NAME =
      Map.ofEntries(
          Map.entry("json_contains", ContainsFunctions::contains),
          Map.entry("json_contains_all", ContainsFunctions::containsAll),
          Map.entry("json_contains_any", ContainsFunctions::containsAny),
          Map.entry("array_contains", ContainsFunctions::contains),
          Map.entry("array_contains_all", ContainsFunctions::containsAll),
          Map.entry("array_contains_any", ContainsFunctions::containsAny),
          Map.entry("st_equals", SpatialFunctions.relation(SpatialRelation.EQUALS)),
          Map.entry("st_touches", SpatialFunctions.relation(SpatialRelation.TOUCHES)),
          Map.entry("st_overlaps", SpatialFunctions.relation(SpatialRelation.OVERLAPS)),
          Map.entry("st_crosses", SpatialFunctions.relation(SpatialRelation.CROSSES)),
          Map.entry("st_contains", SpatialFunctions.relation(SpatialRelation.CONTAINS)),
          Map.entry("st_intersects", SpatialFunctions.relation(SpatialRelation.INTERSECTS)),
          Map.entry("st_within", SpatialFunctions.relation(SpatialRelation.WITHIN)),
          Map.entry("st_dwithin", SpatialFunctions::withinDistance),
          Map.entry("st_isvalid", SpatialFunctions::isValid),
          Map.entry("starts_with", StringFunctions::startsWith),
          Map.entry("empty", StringFunctions::empty));

  private FilterFunctions() {}

  /** The one function that is a number, not a condition. */
  static boolean isArrayLength(Expression.Call call) {
    return call.name().toLowerCase(Locale.ROOT).equals(ARRAY_LENGTH);
  }

  static Predicate plan(Expression.Call call, OperandResolver resolver, boolean negated) {
    String name = call.name().toLowerCase(Locale.ROOT);
    if (TextFunctions.isTextFunction(call)) {
      return TextFunctions.plan(call, resolver, negated);
    }
    if (name.equals(RandomSamples.NAME)) {
      throw RandomSamples.misplaced();
    }
    FilterFunction function = BY_NAME.get(name);
    if (function == null) {
      throw new InvalidExpressionException("function " + call.name() + " is not supported");
    }
    for (Expression.Argument argument : call.arguments()) {
      argument
          .label()
          .ifPresent(
              label -> {
                throw new InvalidExpressionException(
                    "function " + call.name() + " has no parameter named " + label);
              });
    }
    List<Operand> arguments =
        call.arguments().stream().map(argument -> resolver.resolve(argument.value())).toList();
    return function.plan(name, arguments, negated);
  }
}
