package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.CollectionNow;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.proxy.QueryService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Queries over the nodes that own the collection's shards. */
final class RoutedQueryService implements QueryService {
  private final CatalogFollower catalog;
  private final Freshness freshness;
  private final RowReader rows;
  private final ReadTimestamps readTimestamps;

  RoutedQueryService(
      CatalogFollower catalog, Freshness freshness, RowReader rows, ReadTimestamps readTimestamps) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.freshness = requireNonNull(freshness, "freshness is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.readTimestamps = requireNonNull(readTimestamps, "readTimestamps is null");
  }

  @Override
  public ColumnBatch query(QueryCommand command, Deadline deadline) {
    ReadScope scope = scope(command.collection(), command.partitions(), command.consistency());
    return rows.rows(
        scope,
        command.filter(),
        command.visibility(),
        command.offset(),
        command.limit(),
        command.outputFieldIds(),
        deadline);
  }

  @Override
  public long count(QueryCommand command, Deadline deadline) {
    ReadScope scope = scope(command.collection(), command.partitions(), command.consistency());
    return rows.count(scope, command.filter(), command.visibility(), deadline);
  }

  @Override
  public ColumnBatch get(GetCommand command, Deadline deadline) {
    ReadScope scope = scope(command.collection(), command.partitions(), command.consistency());
    return rows.rowsOf(scope, command.keys(), command.outputFieldIds(), deadline);
  }

  @Override
  public long newReadTimestamp(Deadline deadline) {
    return readTimestamps.of(OptionalLong.empty(), deadline);
  }

  private ReadScope scope(
      CollectionDescriptor collection,
      List<String> partitions,
      Optional<ConsistencyLevel> consistency) {
    CollectionNow now = CollectionNow.of(catalog, collection);
    return ReadScope.of(now, partitions, freshness.notBeforeNanos(now.descriptor(), consistency));
  }
}
