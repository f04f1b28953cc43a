package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.query.request.FilterText;
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
 */
public record QueryCommand(
    CollectionDescriptor collection,
    List<String> partitions,
    FilterText filter,
    int limit,
    int offset,
    List<Long> outputFieldIds,
    Optional<ConsistencyLevel> consistency) {
  public QueryCommand {
    requireNonNull(collection, "collection is null");
    partitions = List.copyOf(requireNonNull(partitions, "partitions is null"));
    requireNonNull(filter, "filter is null");
    outputFieldIds = List.copyOf(requireNonNull(outputFieldIds, "outputFieldIds is null"));
    requireNonNull(consistency, "consistency is null");
    if (limit < 1 || offset < 0) {
      throw new IllegalArgumentException("bad page: limit=" + limit + " offset=" + offset);
    }
  }
}
