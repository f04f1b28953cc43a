package dev.sagitta.engine.filter.plan;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a filter says about the partition key: which values rows that pass can have, and whether it
 * is the one equality that isolation by the key asks for.
 *
 * @param values the only values that rows that pass can have; empty if any are possible
 * @param named whether the key takes part in the filter
 * @param isolationProblem why the filter does not fit isolation, beside not naming the key
 */
public record PartitionKeyRestriction(
    Optional<Set<Object>> values, boolean named, Optional<String> isolationProblem) {
  /** Says nothing about the key. */
  public static final PartitionKeyRestriction NONE =
      new PartitionKeyRestriction(Optional.empty(), false, Optional.empty());

  private static final String UNSUPPORTED = "partition key isolation does not support ";

  public PartitionKeyRestriction {
    requireNonNull(values, "values is null");
    requireNonNull(isolationProblem, "isolationProblem is null");
  }

  /** Reads a tree that the planner has accepted. */
  public static PartitionKeyRestriction of(
      Expression expression, FieldSchema key, PredicatePlanner planner) {
    return switch (expression) {
      case Expression.In in when isKey(in.operand(), key) ->
          new PartitionKeyRestriction(
              constants(expression, key, planner), true, Optional.of(UNSUPPORTED + "IN"));
      case Expression.Comparison comparison
          when isKey(comparison.left(), key) || isKey(comparison.right(), key) ->
          new PartitionKeyRestriction(
              constants(expression, key, planner), true, problemOf(comparison.operator()));
      case Expression.Range range when isKey(range.middle(), key) ->
          new PartitionKeyRestriction(
              Optional.empty(), true, Optional.of(UNSUPPORTED + "BinaryRange"));
      case Expression.And(List<Expression> operands) -> {
        PartitionKeyRestriction all = NONE;
        for (Expression operand : operands) {
          all = all.and(of(operand, key, planner));
        }
        yield all;
      }
      case Expression.Or(List<Expression> operands) -> {
        PartitionKeyRestriction any = of(operands.getFirst(), key, planner);
        for (Expression operand : operands.subList(1, operands.size())) {
          any = any.or(of(operand, key, planner));
        }
        yield any;
      }
      case Expression.Not(Expression operand) -> {
        PartitionKeyRestriction inner = of(operand, key, planner);
        yield inner.named
            ? new PartitionKeyRestriction(
                Optional.empty(),
                true,
                inner.isolationProblem.or(() -> Optional.of(UNSUPPORTED + "NOT")))
            : NONE;
      }
      default -> NONE;
    };
  }

  private static Optional<Set<Object>> constants(
      Expression expression, FieldSchema key, PredicatePlanner planner) {
    return planner.constantsOf(key, expression).map(LinkedHashSet::new);
  }

  private static Optional<String> problemOf(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> Optional.empty();
      case NOT_EQUAL -> Optional.of(UNSUPPORTED + "NotEqual");
      case LESS -> Optional.of(UNSUPPORTED + "LessThan");
      case LESS_OR_EQUAL -> Optional.of(UNSUPPORTED + "LessEqual");
      case GREATER -> Optional.of(UNSUPPORTED + "GreaterThan");
      case GREATER_OR_EQUAL -> Optional.of(UNSUPPORTED + "GreaterEqual");
    };
  }

  private PartitionKeyRestriction and(PartitionKeyRestriction other) {
    Optional<Set<Object>> both = values.isEmpty() ? other.values : values;
    if (values.isPresent() && other.values.isPresent()) {
      Set<Object> common = new LinkedHashSet<>(values.get());
      common.retainAll(other.values.get());
      both = Optional.of(common);
    }
    return new PartitionKeyRestriction(
        both, named || other.named, isolationProblem.or(() -> other.isolationProblem));
  }

  private PartitionKeyRestriction or(PartitionKeyRestriction other) {
    Optional<Set<Object>> either = Optional.empty();
    if (values.isPresent() && other.values.isPresent()) {
      Set<Object> union = new LinkedHashSet<>(values.get());
      union.addAll(other.values.get());
      either = Optional.of(union);
    }
    boolean anyNamed = named || other.named;
    return new PartitionKeyRestriction(
        either,
        anyNamed,
        isolationProblem
            .or(() -> other.isolationProblem)
            .or(() -> anyNamed ? Optional.of(UNSUPPORTED + "OR") : Optional.empty()));
  }

  private static boolean isKey(Expression expression, FieldSchema key) {
    return expression instanceof Expression.Path path
        && path.steps().isEmpty()
        && path.name().equals(key.name());
  }
}
