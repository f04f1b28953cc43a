package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.proxy.QueryService;
import java.util.OptionalLong;

/** Queries over the nodes that own the collection's shards. */
final class RoutedQueryService implements QueryService {
  private final ReadScopes scopes;
  private final RowReader rows;
  private final ReadTimestamps readTimestamps;

  RoutedQueryService(ReadScopes scopes, RowReader rows, ReadTimestamps readTimestamps) {
    this.scopes = requireNonNull(scopes, "scopes is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.readTimestamps = requireNonNull(readTimestamps, "readTimestamps is null");
  }

  @Override
  public ColumnBatch query(QueryCommand command, Deadline deadline) {
    ReadScope scope =
        scopes.scope(command.collection(), command.partitions(), command.consistency());
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
    ReadScope scope =
        scopes.scope(command.collection(), command.partitions(), command.consistency());
    return rows.count(scope, command.filter(), command.visibility(), deadline);
  }

  @Override
  public ColumnBatch get(GetCommand command, Deadline deadline) {
    ReadScope scope =
        scopes.scope(command.collection(), command.partitions(), command.consistency());
    return rows.rowsOf(scope, command.keys(), command.outputFieldIds(), deadline);
  }

  @Override
  public long newReadTimestamp(Deadline deadline) {
    return readTimestamps.of(OptionalLong.empty(), deadline);
  }
}
