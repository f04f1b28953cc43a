package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.query.request.FilterText;
import java.util.Optional;

/**
 * A search of one vector field, alone or as a part of a hybrid search.
 *
 * @param limit hits wanted for each query, after the offset
 * @param offset best hits to leave out for each query
 * @param metric metric the client expects; must be the index's when given
 */
public record SubSearch(
    FieldSchema field,
    SearchTarget target,
    int limit,
    int offset,
    Optional<MetricType> metric,
    IndexSearchParameters parameters,
    FilterText filter) {
  public SubSearch {
    requireNonNull(field, "field is null");
    requireNonNull(target, "target is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(filter, "filter is null");
    if (limit < 1 || offset < 0) {
      throw new IllegalArgumentException("bad page: limit=" + limit + " offset=" + offset);
    }
  }

  /** The same search with the hits of the offset. */
  public SubSearch withWholePage() {
    return new SubSearch(field, target, offset + limit, 0, metric, parameters, filter);
  }
}
