package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.proxy.SubSearch;
import dev.sagitta.query.request.SearchOptions;

/** Checks searches against the field's index and turns what they look for into vectors. */
final class SearchPreparation {
  private final StoredVectors storedVectors;
  private final FieldFunctions functions;

  SearchPreparation(RowReader rows, FieldFunctions functions) {
    this.storedVectors = new StoredVectors(rows);
    this.functions = requireNonNull(functions, "functions is null");
  }

  /**
   * @param wanted hits wanted for each query, the offset included
   */
  PreparedSearch prepare(
      ReadScope scope, SubSearch search, int wanted, SearchOptions options, Deadline deadline) {
    MetricType metric = checkedMetric(scope.collection(), search);
    VectorColumn queries =
        switch (search.target()) {
          case SearchTarget.Vectors given -> given.vectors();
          case SearchTarget.Texts given ->
              functions.queries(
                  scope.collection().schema(),
                  search.field(),
                  given.texts(),
                  search.parameters().values(),
                  deadline);
          case SearchTarget.StoredRows stored ->
              storedVectors.of(scope, search.field(), stored.keys(), deadline);
        };
    return new PreparedSearch(
        search.field(), queries, metric, wanted, search.parameters(), search.filter(), options);
  }

  /** The index's metric, after a check that the search fits the index. */
  private static MetricType checkedMetric(CollectionDescriptor collection, SubSearch search) {
    IndexDescriptor index =
        collection
            .indexOfField(search.field().id())
            .filter(IndexDescriptor::isVectorIndex)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "index not found[field=" + search.field().name() + "]"));
    MetricType metric = index.metric().orElseThrow();
    if (search.metric().isPresent() && search.metric().get() != metric) {
      throw SagittaException.invalidParameter(
          "metric type not match: field="
              + search.field().name()
              + " expected="
              + metric
              + " actual="
              + search.metric().get());
    }
    IndexSearchParameters parameters = search.parameters();
    VectorIndexTypes.get(index.indexType())
        .validateSearchParameters(parameters, search.offset() + search.limit());
    var _ = ScoreRange.of(parameters, metric);
    return metric;
  }
}
