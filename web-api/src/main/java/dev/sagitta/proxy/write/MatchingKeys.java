package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.filter.FilterException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.query.request.FilterText;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys that a delete's filter names. A list of keys is taken as it is, whether or not there are
 * such rows; for any other filter the matching rows are read with Strong consistency, a bounded
 * number at a time: what was deleted is not found again.
 */
final class MatchingKeys {
  static final int BATCH_ROWS = 16_384;

  /**
   * A key that was inserted more than once takes more than one place in a node's batch but is
   * answered once: only a batch that is not nearly full is surely the last one. (Asking until none
   * is found would never end beside a busy writer.)
   */
  private static final int MOST_ROWS_OF_LAST_BATCH = BATCH_ROWS / 2;

  private final QueryService queries;

  MatchingKeys(QueryService queries) {
    this.queries = requireNonNull(queries, "queries is null");
  }

  /**
   * Calls {@code delete} with batches of keys; each must be durably deleted when the call returns.
   *
   * @return number of keys
   */
  long forEachBatch(
      CollectionDescriptor collection,
      Optional<String> partition,
      FilterText filter,
      Consumer<PrimaryKeys> delete,
      Deadline deadline) {
    Filter compiled = compile(collection, filter);
    if (compiled.matchesAll()) {
      throw SagittaException.invalidParameter(
          "delete plan can't be empty or always true: filter=" + filter.expression());
    }
    if (compiled.primaryKeys().isPresent()) {
      PrimaryKeys keys = compiled.primaryKeys().get();
      delete.accept(keys);
      return keys.size();
    }
    long keyFieldId = collection.schema().primaryKey().id();
    QueryCommand command =
        new QueryCommand(
            collection,
            partition.map(List::of).orElse(List.of()),
            filter,
            BATCH_ROWS,
            0,
            List.of(keyFieldId),
            Optional.of(ConsistencyLevel.STRONG));
    long count = 0;
    ColumnBatch rows;
    do {
      rows = queries.query(command, deadline);
      if (rows.rowCount() > 0) {
        delete.accept(ColumnBatches.primaryKeys(rows.column(keyFieldId)));
      }
      count += rows.rowCount();
    } while (rows.rowCount() > MOST_ROWS_OF_LAST_BATCH);
    return count;
  }

  private static Filter compile(CollectionDescriptor collection, FilterText filter) {
    try {
      return FilterCompiler.compile(
          filter.expression(), filter.templates(), filter.zone(collection), collection.schema());
    } catch (FilterException e) {
      throw e.forDelete();
    }
  }
}
