package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.SearchOptions;
import java.util.List;
import java.util.Optional;

/**
 * A search that was checked against the field's index, its query vectors at hand.
 *
 * @param wanted hits wanted of each node for each query; with groups: groups
 */
record PreparedSearch(
    FieldSchema field,
    VectorColumn queries,
    MetricType metric,
    int wanted,
    IndexSearchParameters parameters,
    FilterText filter,
    SearchOptions options) {
  PreparedSearch {
    requireNonNull(field, "field is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(options, "options is null");
  }

  /**
   * What a node is asked.
   *
   * @param statistics for the metric BM25
   */
  NodeSearchRequest request(
      ReadScope scope,
      Owner owner,
      List<Long> outputFieldIds,
      Optional<Bm25Statistics> statistics) {
    return new NodeSearchRequest(
        scope.collection().id(),
        scope.catalogVersion(),
        owner.vchannels(),
        scope.partitionIds(),
        field.id(),
        queries,
        wanted,
        parameters,
        filter,
        outputFieldIds,
        statistics,
        options);
  }

  int queryCount() {
    return queries.rowCount();
  }
}
