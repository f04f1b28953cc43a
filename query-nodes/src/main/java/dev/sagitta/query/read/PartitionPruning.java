package dev.sagitta.query.read;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionKeyPlacement;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.Filter;
import java.util.Optional;
import java.util.Set;

/** What a filter on the partition key spares a read: all partitions without its values. */
final class PartitionPruning {
  private static final String ISOLATION_PROPERTY = "partitionkey.isolation";

  private PartitionPruning() {}

  /** The scope without segments that can have no row that passes; the given one pins the views. */
  static ReadScope prune(ReadScope scope, Filter filter) {
    Optional<Set<Long>> partitions =
        filter.partitionKeys().map(new PartitionKeyPlacement(scope.collection())::partitionIdsOf);
    return partitions.isEmpty()
        ? scope
        : new ReadScope(
            scope.collection(),
            scope.views().stream()
                .filter(view -> partitions.get().contains(view.partitionId()))
                .toList());
  }

  /**
   * Refuses searches over several values of the key where the collection isolates them.
   *
   * @throws SagittaException 65535, with Milvus's reasons
   */
  static void requireIsolation(CollectionDescriptor collection, Filter filter) {
    if (Boolean.parseBoolean(collection.properties().get(ISOLATION_PROPERTY))) {
      filter
          .isolationProblem()
          .ifPresent(
              problem -> {
                throw new SagittaException(ErrorCode.UNEXPECTED, problem + ": filter=" + filter);
              });
    }
  }
}
