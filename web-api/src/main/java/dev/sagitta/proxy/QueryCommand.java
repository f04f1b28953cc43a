package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.RowVisibility;
import java.util.List;
import java.util.Optional;

/**
 * A filtered read. The front end has checked limits and the output fields' names.
 *
 * @param partitions partition names; empty means all
 * @param limit at most this many rows, after the offset
 * @param offset rows with the smallest keys to leave out
 * @param outputFieldIds fields to answer, the primary key always among them
 * @param consistency empty means the collection's level
 * @param visibility which of the served rows count
 */
public record QueryCommand(
    CollectionDescriptor collection,
    List<String> partitions,
    FilterText filter,
    int limit,
    int offset,
    List<Long> outputFieldIds,
    Optional<ConsistencyLevel> consistency,
    RowVisibility visibility) {
  public QueryCommand {
    requireNonNull(collection, "collection is null");
    partitions = List.copyOf(requireNonNull(partitions, "partitions is null"));
    requireNonNull(filter, "filter is null");
    outputFieldIds = List.copyOf(requireNonNull(outputFieldIds, "outputFieldIds is null"));
    requireNonNull(consistency, "consistency is null");
    requireNonNull(visibility, "visibility is null");
    if (limit < 1 || offset < 0) {
      throw new IllegalArgumentException("bad page: limit=" + limit + " offset=" + offset);
    }
  }

  /** A read of everything that is served. */
  public QueryCommand(
      CollectionDescriptor collection,
      List<String> partitions,
      FilterText filter,
      int limit,
      int offset,
      List<Long> outputFieldIds,
      Optional<ConsistencyLevel> consistency) {
    this(
        collection,
        partitions,
        filter,
        limit,
        offset,
        outputFieldIds,
        consistency,
        RowVisibility.NEWEST);
  }

  /**
   * One step of an iterator.
   *
   * @param first whether nothing was read at the timestamp yet
   */
  public QueryCommand asStep(long readTimestamp, boolean first) {
    return new QueryCommand(
        collection,
        partitions,
        filter,
        limit,
        offset,
        outputFieldIds,
        Optional.of(first ? ConsistencyLevel.STRONG : ConsistencyLevel.BOUNDED),
        new RowVisibility(readTimestamp, visibility.ignoreGrowing()));
  }
}
