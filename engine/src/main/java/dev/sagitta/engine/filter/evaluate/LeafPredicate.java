package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.scalarindex.IndexedColumns;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import java.util.List;
import java.util.Optional;

/**
 * A condition with what nulls mean to it.
 *
 * @param condition what is tested
 * @param unknownWhenNull ids of the fields of which a null makes the condition unknown
 * @param negated whether the rows are wanted for which the condition is FALSE
 */
public record LeafPredicate(Condition condition, List<Long> unknownWhenNull, boolean negated)
    implements Predicate {
  public LeafPredicate {
    requireNonNull(condition, "condition is null");
    unknownWhenNull = List.copyOf(unknownWhenNull);
  }

  @Override
  public Selection open(ColumnSource columns) {
    Scan scan = new Scan(condition, columns, nullableColumns(columns), negated);
    Optional<IndexableTest> test = condition.indexableTest();
    if (test.isEmpty() || !(columns instanceof IndexedColumns indexed)) {
      return scan;
    }
    Optional<IndexLookup> best = Optional.empty();
    for (ScalarIndex index : indexed.scalarIndexes(test.get().fieldId())) {
      Optional<RowMatch> match =
          index.rowCount() == columns.rowCount()
              ? index.match(test.get().test())
              : Optional.empty();
      if (match.isPresent()) {
        IndexLookup lookup = new IndexLookup(match.get(), test.get(), scan);
        if (best.isEmpty()
            || lookup.lookupCost(columns.rowCount()) < best.get().lookupCost(columns.rowCount())) {
          best = Optional.of(lookup);
        }
      }
    }
    return best.isPresent() ? best.get() : scan;
  }

  private List<Column> nullableColumns(ColumnSource columns) {
    return unknownWhenNull.stream().map(columns::column).filter(Column::mayHaveNulls).toList();
  }
}
