package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.PrimaryKeys;
import java.util.List;
import java.util.Optional;

/**
 * A read of single rows.
 *
 * @param partitions partition names; empty means all
 * @param keys wanted keys, of the primary key's type; one key twice answers one row
 * @param outputFieldIds fields to answer, the primary key always among them
 * @param consistency empty means the collection's level
 */
public record GetCommand(
    CollectionDescriptor collection,
    List<String> partitions,
    PrimaryKeys keys,
    List<Long> outputFieldIds,
    Optional<ConsistencyLevel> consistency) {
  public GetCommand {
    requireNonNull(collection, "collection is null");
    partitions = List.copyOf(requireNonNull(partitions, "partitions is null"));
    requireNonNull(keys, "keys is null");
    outputFieldIds = List.copyOf(requireNonNull(outputFieldIds, "outputFieldIds is null"));
    requireNonNull(consistency, "consistency is null");
  }
}
