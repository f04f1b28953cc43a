package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.query.request.FilterText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A search of one vector field. The front end has checked limits (number of queries, limit,
 * offset), the vectors' dimension and the output fields' names.
 *
 * @param partitions partition names; empty means all
 * @param field the vector field to search
 * @param limit hits wanted for each query, after the offset
 * @param offset best hits to leave out for each query
 * @param metric metric the client expects; must be the index's when given
 * @param roundDecimal decimals that scores are rounded to, if wanted
 * @param outputFieldIds fields to answer, the primary key not necessarily among them; vectors and
 *     the dynamic field like others
 * @param consistency empty means the collection's level
 * @param refinement what the search does beyond the nearest rows
 */
public record SearchCommand(
    CollectionDescriptor collection,
    List<String> partitions,
    FieldSchema field,
    SearchTarget target,
    int limit,
    int offset,
    Optional<MetricType> metric,
    IndexSearchParameters parameters,
    OptionalInt roundDecimal,
    FilterText filter,
    List<Long> outputFieldIds,
    Optional<ConsistencyLevel> consistency,
    SearchRefinement refinement) {
  public SearchCommand {
    requireNonNull(collection, "collection is null");
    partitions = List.copyOf(requireNonNull(partitions, "partitions is null"));
    requireNonNull(field, "field is null");
    requireNonNull(target, "target is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(roundDecimal, "roundDecimal is null");
    requireNonNull(filter, "filter is null");
    outputFieldIds = List.copyOf(requireNonNull(outputFieldIds, "outputFieldIds is null"));
    requireNonNull(consistency, "consistency is null");
    requireNonNull(refinement, "refinement is null");
    if (limit < 1 || offset < 0) {
      throw new IllegalArgumentException("bad page: limit=" + limit + " offset=" + offset);
    }
  }

  /** A plain search. */
  public SearchCommand(
      CollectionDescriptor collection,
      List<String> partitions,
      FieldSchema field,
      SearchTarget target,
      int limit,
      int offset,
      Optional<MetricType> metric,
      IndexSearchParameters parameters,
      OptionalInt roundDecimal,
      FilterText filter,
      List<Long> outputFieldIds,
      Optional<ConsistencyLevel> consistency) {
    this(
        collection,
        partitions,
        field,
        target,
        limit,
        offset,
        metric,
        parameters,
        roundDecimal,
        filter,
        outputFieldIds,
        consistency,
        SearchRefinement.NONE);
  }

  /** Field, vectors and filter alone. */
  public SubSearch search() {
    return new SubSearch(field, target, limit, offset, metric, parameters, filter);
  }

  /** The search of one step of an iterator, with other bounds. */
  public SearchCommand asStep(IndexSearchParameters bounded, ConsistencyLevel level) {
    return new SearchCommand(
        collection,
        partitions,
        field,
        target,
        limit,
        offset,
        metric,
        bounded,
        roundDecimal,
        filter,
        outputFieldIds,
        Optional.of(level),
        refinement);
  }

  /** The same search with more fields in its answer. */
  public SearchCommand withFurtherFields(List<Long> fieldIds) {
    Set<Long> all = new LinkedHashSet<>(outputFieldIds);
    all.addAll(fieldIds);
    return new SearchCommand(
        collection,
        partitions,
        field,
        target,
        limit,
        offset,
        metric,
        parameters,
        roundDecimal,
        filter,
        List.copyOf(all),
        consistency,
        refinement);
  }
}
