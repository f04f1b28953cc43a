package dev.sagitta.engine.filter;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.filter.evaluate.ConstantPredicate;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.evaluate.SamplePredicate;
import java.util.Optional;
import java.util.Set;

/** A compiled filter. Immutable and safe to share between threads and segments. */
public final class Filter {
  static final String NO_PARTITION_KEY =
      "partition key not found in expr or the expr is invalid when validating partition key"
          + " isolation";

  private static final Filter ALL =
      new Filter(
          "",
          ConstantPredicate.ALL,
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(NO_PARTITION_KEY));

  private final String expression;
  private final Predicate predicate;
  private final Set<Long> fieldIds;
  private final Optional<PrimaryKeys> primaryKeys;
  private final Optional<PrimaryKeys> partitionKeys;
  private final Optional<String> isolationProblem;

  Filter(
      String expression,
      Predicate predicate,
      Set<Long> fieldIds,
      Optional<PrimaryKeys> primaryKeys,
      Optional<PrimaryKeys> partitionKeys,
      Optional<String> isolationProblem) {
    this.expression = requireNonNull(expression, "expression is null");
    this.predicate = requireNonNull(predicate, "predicate is null");
    this.fieldIds = Set.copyOf(fieldIds);
    this.primaryKeys = requireNonNull(primaryKeys, "primaryKeys is null");
    this.partitionKeys = requireNonNull(partitionKeys, "partitionKeys is null");
    this.isolationProblem = requireNonNull(isolationProblem, "isolationProblem is null");
  }

  /** The filter that every row passes. */
  public static Filter all() {
    return ALL;
  }

  /** The rows of {@code columns} for which this filter is TRUE, neither FALSE nor unknown. */
  public RowBitmap evaluate(ColumnSource columns) {
    return evaluate(columns, RowBitmap.full(columns.rowCount()));
  }

  /**
   * The rows among {@code candidates} for which this filter is TRUE. Other rows cost nothing or
   * little. The answer is the caller's to change; {@code candidates} is left alone.
   *
   * @throws IllegalArgumentException if {@code candidates} is of another number of rows
   */
  public RowBitmap evaluate(ColumnSource columns, RowBitmap candidates) {
    if (candidates.rowCount() != columns.rowCount()) {
      throw new IllegalArgumentException(
          "candidates of another segment: rowCount="
              + candidates.rowCount()
              + " expected="
              + columns.rowCount());
    }
    return predicate.select(columns, candidates);
  }

  /** Whether every row passes without a look at it. */
  public boolean matchesAll() {
    return predicate == ConstantPredicate.ALL;
  }

  /** Whether each row passes or fails by itself; a random sample is one of all rows that pass. */
  public boolean isByRow() {
    return !(predicate instanceof SamplePredicate);
  }

  /** Ids of the fields that {@link #evaluate} reads. */
  public Set<Long> fieldIds() {
    return fieldIds;
  }

  /**
   * The keys, each once, when the whole filter is {@code key in [...]} or {@code key == x}: exactly
   * the rows with these keys pass.
   */
  public Optional<PrimaryKeys> primaryKeys() {
    return primaryKeys;
  }

  /**
   * The only values of the partition key that rows that pass can have, each once; empty if there is
   * no partition key or other values are possible.
   */
  public Optional<PrimaryKeys> partitionKeys() {
    return partitionKeys;
  }

  /**
   * Why the filter is not one that isolation by the partition key asks for: one equality with a
   * constant that every row that passes satisfies.
   */
  public Optional<String> isolationProblem() {
    return isolationProblem;
  }

  /** The filter as it was written. */
  @Override
  public String toString() {
    return expression;
  }
}
