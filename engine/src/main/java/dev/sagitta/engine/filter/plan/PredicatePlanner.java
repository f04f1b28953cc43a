package dev.sagitta.engine.filter.plan;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.evaluate.AndPredicate;
import dev.sagitta.engine.filter.evaluate.ConstantPredicate;
import dev.sagitta.engine.filter.evaluate.OrPredicate;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.SamplePredicate;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans a filter. {@code negated} goes down with every call: it asks for the rows where the
 * expression is FALSE, so that no predicate of {@code not} is needed.
 */
public final class PredicatePlanner {
  private final OperandResolver resolver;

  /**
   * A planner for one filter.
   *
   * @param zone the time zone of timestamps without an offset
   */
  public PredicatePlanner(CollectionSchema schema, Map<String, Object> templates, ZoneId zone) {
    resolver =
        new OperandResolver(
            requireNonNull(schema, "schema is null"),
            requireNonNull(templates, "templates is null"),
            requireNonNull(zone, "zone is null"));
  }

  /**
   * Plans a whole filter.
   *
   * @param text the filter as written, for messages
   * @throws InvalidExpressionException if names, types or values are wrong
   */
  public Predicate plan(Expression expression, String text) {
    if (!isBoolean(expression)) {
      throw new InvalidExpressionException(
          "predicate is not a boolean expression: "
              + text
              + ", data type: "
              + resolver.resolve(expression).type().milvusName());
    }
    return RandomSamples.sampleOf(expression)
        .map(sample -> planSample(expression, sample))
        .orElseGet(() -> plan(expression, false));
  }

  private Predicate planSample(Expression expression, Expression.Call sample) {
    double fraction = RandomSamples.fraction(sample, resolver);
    Predicate others =
        RandomSamples.withoutSample(expression)
            .map(rest -> plan(rest, false))
            .orElse(ConstantPredicate.ALL);
    return new SamplePredicate(others, fraction);
  }

  /** Ids of the fields that the planned filter reads. */
  public Set<Long> fieldIds() {
    return Set.copyOf(resolver.fieldIds());
  }

  /**
   * The constants of {@code field in [...]} or {@code field == x}, if that is the whole filter.
   *
   * @param expression an expression that was planned without an error
   */
  public Optional<List<?>> constantsOf(FieldSchema field, Expression expression) {
    return switch (expression) {
      case Expression.In in when !in.negated() && isField(field, in.operand()) ->
          Optional.of(((Operand.ConstantList) resolver.resolve(in.list())).values());
      case Expression.Comparison comparison
          when comparison.operator() == ComparisonOperator.EQUAL
              && isField(field, comparison.left()) ->
          constantOf(comparison.right());
      case Expression.Comparison comparison
          when comparison.operator() == ComparisonOperator.EQUAL
              && isField(field, comparison.right()) ->
          constantOf(comparison.left());
      default -> Optional.empty();
    };
  }

  private Optional<List<?>> constantOf(Expression expression) {
    return resolver.resolve(expression) instanceof Operand.Constant(Object value)
        ? Optional.of(List.of(value))
        : Optional.empty();
  }

  private static boolean isField(FieldSchema field, Expression expression) {
    return expression instanceof Expression.Path path
        && path.steps().isEmpty()
        && path.name().equals(field.name());
  }

  Predicate plan(Expression expression, boolean negated) {
    return switch (expression) {
      case Expression.And(List<Expression> operands) ->
          join(planAll(operands, "and", negated), negated);
      case Expression.Or(List<Expression> operands) ->
          join(planAll(operands, "or", negated), !negated);
      case Expression.Not(Expression operand) -> {
        requireBoolean(operand, "'not' can only be applied on boolean expressions");
        yield plan(operand, !negated);
      }
      case Expression.Comparison comparison -> planComparison(comparison, negated);
      case Expression.Range range -> planRange(range, negated);
      case Expression.In in -> {
        Operand operand = resolver.resolve(in.operand());
        Operand list = resolver.matching(operand, resolver.resolve(in.list()));
        yield MembershipPlanner.plan(operand, list, negated != in.negated());
      }
      case Expression.Like like ->
          LikePlanner.plan(
              resolver.resolve(like.operand()), resolver.resolve(like.pattern()), negated);
      case Expression.NullTest test ->
          NullPlanner.planIsNull(
              resolver.resolvePath(test.path()),
              resolver.isWholeField(test.path()),
              negated != test.negated());
      case Expression.Exists(Expression operand) ->
          NullPlanner.planExists(resolver.resolve(operand), negated);
      case Expression.Call call -> FilterFunctions.plan(call, resolver, negated);
      default -> throw new IllegalStateException("not boolean: " + expression.getClass());
    };
  }

  private Predicate planComparison(Expression.Comparison comparison, boolean negated) {
    Operand left = resolver.resolve(comparison.left());
    Operand right = resolver.resolve(comparison.right());
    return ComparisonPlanner.plan(
        resolver.matching(right, left),
        comparison.operator(),
        resolver.matching(left, right),
        negated);
  }

  private Predicate planRange(Expression.Range range, boolean negated) {
    Operand middle = resolver.resolve(range.middle());
    return RangePlanner.plan(
        resolver.matching(middle, resolver.resolve(range.first())),
        range.firstOperator(),
        middle,
        range.lastOperator(),
        resolver.matching(middle, resolver.resolve(range.last())),
        negated);
  }

  private List<Predicate> planAll(List<Expression> operands, String operator, boolean negated) {
    for (Expression operand : operands) {
      requireBoolean(operand, "'" + operator + "' can only be used between boolean expressions");
    }
    return operands.stream().map(operand -> plan(operand, negated)).toList();
  }

  /** Asks for the rows where any of the parts holds, or all of them. */
  static Predicate join(List<Predicate> parts, boolean any) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return any ? new OrPredicate(parts) : new AndPredicate(parts);
  }

  private void requireBoolean(Expression expression, String why) {
    if (!isBoolean(expression)) {
      // A wrong name or value inside says more than the wrong type.
      resolver.resolve(expression);
      throw new InvalidExpressionException(why);
    }
  }

  private static boolean isBoolean(Expression expression) {
    return switch (expression) {
      case Expression.And _,
          Expression.Or _,
          Expression.Not _,
          Expression.Comparison _,
          Expression.Range _,
          Expression.In _,
          Expression.Like _,
          Expression.NullTest _,
          Expression.Exists _ ->
          true;
      case Expression.Call call -> !FilterFunctions.isArrayLength(call);
      case Expression.Literal _,
          Expression.ListLiteral _,
          Expression.ConstantList _,
          Expression.Timestamp _,
          Expression.IntervalStep _,
          Expression.Template _,
          Expression.Path _,
          Expression.Unary _,
          Expression.Binary _ ->
          false;
    };
  }
}
