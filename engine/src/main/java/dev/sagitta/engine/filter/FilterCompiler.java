package dev.sagitta.engine.filter;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.filter.evaluate.LeafPredicate;
import dev.sagitta.engine.filter.evaluate.LongCondition;
import dev.sagitta.engine.filter.evaluate.LongSource;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.plan.PartitionKeyRestriction;
import dev.sagitta.engine.filter.plan.PredicatePlanner;
import dev.sagitta.engine.filter.syntax.Expression;
import dev.sagitta.engine.filter.syntax.ExpressionParser;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles filter expressions. */
public final class FilterCompiler {
  private FilterCompiler() {}

  /** Compiles a filter whose timestamps without an offset are in UTC. */
  public static Filter compile(
      String expression, Map<String, Object> templates, CollectionSchema schema) {
    return compile(expression, templates, TimestampText.DEFAULT_ZONE, schema);
  }

  /**
   * Compiles a filter.
   *
   * @param expression the text; a blank one matches all rows
   * @param templates values of {@code {name}}: Boolean, Long (or a smaller integer), Double (or
   *     Float), String, or a List of these
   * @param zone the time zone of timestamps without an offset
   * @throws FilterException if the text is no filter of the collection or breaks a limit
   */
  public static Filter compile(
      String expression, Map<String, Object> templates, ZoneId zone, CollectionSchema schema) {
    requireNonNull(expression, "expression is null");
    requireNonNull(templates, "templates is null");
    requireNonNull(schema, "schema is null");
    if (expression.isBlank()) {
      return Filter.all();
    }
    try {
      Expression tree = ExpressionParser.parse(expression);
      PredicatePlanner planner = new PredicatePlanner(schema, templates, zone);
      Predicate predicate = planner.plan(tree, expression);
      FieldSchema key = schema.primaryKey();
      Optional<PrimaryKeys> keys =
          listedKeys(predicate, key)
              .or(
                  () ->
                      planner.constantsOf(key, tree).flatMap(values -> toKeys(key.type(), values)));
      PartitionKeyRestriction restriction =
          schema
              .partitionKey()
              .map(field -> PartitionKeyRestriction.of(tree, field, planner))
              .orElse(PartitionKeyRestriction.NONE);
      return new Filter(
          expression,
          predicate,
          planner.fieldIds(),
          keys,
          restriction.values().flatMap(values -> toKeys(partitionKeyType(schema), values)),
          restriction.named()
              ? restriction.isolationProblem()
              : Optional.of(Filter.NO_PARTITION_KEY));
    } catch (InvalidExpressionException e) {
      FilterException failure = new FilterException(expression, e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** The keys of {@code key in [...]}, as the predicate has them already: lists may be long. */
  private static Optional<PrimaryKeys> listedKeys(Predicate predicate, FieldSchema key) {
    return predicate
                instanceof
                LeafPredicate(
                    LongCondition(LongSource.Field(long fieldId), LongSet values, boolean inverted),
                    List<Long> _,
                    boolean negated)
            && fieldId == key.id()
            && !inverted
            && !negated
        ? Optional.of(new PrimaryKeys.LongKeys(values.values()))
        : Optional.empty();
  }

  private static DataType partitionKeyType(CollectionSchema schema) {
    return schema.partitionKey().orElseThrow().type();
  }

  private static Optional<PrimaryKeys> toKeys(DataType type, Collection<?> values) {
    if (type == DataType.INT64 && values.stream().allMatch(Long.class::isInstance)) {
      return Optional.of(
          new PrimaryKeys.LongKeys(
              values.stream().mapToLong(value -> (Long) value).distinct().toArray()));
    }
    if (type == DataType.VARCHAR && values.stream().allMatch(String.class::isInstance)) {
      return Optional.of(
          new PrimaryKeys.StringKeys(
              values.stream().map(String.class::cast).distinct().toArray(String[]::new)));
    }
    return Optional.empty();
  }
}
