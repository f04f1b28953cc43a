package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.CollectionNow;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.List;
import java.util.Optional;

/**
 * Searches over the nodes that own the collection's shards. One node answers hits and fields at
 * once; several answer hits, of which the best are fetched afterwards.
 */
final class RoutedSearchService implements SearchService {
  private final CatalogFollower catalog;
  private final Freshness freshness;
  private final NodeReader nodes;
  private final RoutedReads reads;
  private final NodeFanOut fanOut;
  private final FieldFunctions functions;
  private final HitFields hitFields;
  private final StoredVectors storedVectors;
  private final MergedTermStatistics termStatistics;

  RoutedSearchService(
      CatalogFollower catalog,
      Freshness freshness,
      NodeReader nodes,
      RoutedReads reads,
      NodeFanOut fanOut,
      RowReader rows,
      FieldFunctions functions) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.freshness = requireNonNull(freshness, "freshness is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.fanOut = requireNonNull(fanOut, "fanOut is null");
    this.functions = requireNonNull(functions, "functions is null");
    this.hitFields = new HitFields(nodes, fanOut);
    this.storedVectors = new StoredVectors(rows);
    this.termStatistics = new MergedTermStatistics(nodes, fanOut);
  }

  @Override
  public SearchOutcome search(SearchCommand command, Deadline deadline) {
    CollectionNow now = CollectionNow.of(catalog, command.collection());
    long notBeforeNanos = freshness.notBeforeNanos(now.descriptor(), command.consistency());
    ReadScope scope = ReadScope.of(now, command.partitions(), notBeforeNanos);
    MetricType metric = checkedMetric(now.descriptor(), command);
    VectorColumn queries =
        switch (command.target()) {
          case SearchTarget.Vectors given -> given.vectors();
          case SearchTarget.Texts given ->
              functions.queries(
                  now.descriptor().schema(),
                  command.field(),
                  given.texts(),
                  command.parameters().values(),
                  deadline);
          case SearchTarget.StoredRows stored ->
              storedVectors.of(scope, command.field(), stored.keys(), deadline);
        };
    return reads.read(
        scope, deadline, owners -> search(scope, owners, command, queries, metric, deadline));
  }

  private SearchOutcome search(
      ReadScope scope,
      List<Owner> owners,
      SearchCommand command,
      VectorColumn queries,
      MetricType metric,
      Deadline deadline) {
    Optional<Bm25Statistics> statistics =
        metric == MetricType.BM25
            ? Optional.of(
                termStatistics.of(
                    scope, owners, command.field().id(), (SparseVectorColumn) queries, deadline))
            : Optional.empty();
    boolean fieldsAtOnce = owners.size() == 1 && command.offset() == 0;
    List<Long> fieldsOfSearch = fieldsAtOnce ? command.outputFieldIds() : List.of();
    List<NodeSearchResult> results =
        fanOut.ask(
            owners,
            owner ->
                nodes.search(
                    owner.nodeId(),
                    request(scope, owner, command, queries, fieldsOfSearch, statistics),
                    deadline),
            deadline,
            "search");
    MergedHits hits =
        new HitMerger(results, metric)
            .merge(command.target().count(), command.offset(), command.limit());
    Optional<ColumnBatch> fieldsFound = results.getFirst().fields();
    ColumnBatch fields =
        fieldsAtOnce && fieldsFound.isPresent() && fieldsFound.get().rowCount() == hits.size()
            ? fieldsFound.get()
            : hitFields.fetch(scope, owners, results, hits, command.outputFieldIds(), deadline);
    return new SearchOutcome(
        hits.hitCounts(), keysOf(scope, results, hits), scoresOf(results, hits, command), fields);
  }

  private static NodeSearchRequest request(
      ReadScope scope,
      Owner owner,
      SearchCommand command,
      VectorColumn queries,
      List<Long> outputFieldIds,
      Optional<Bm25Statistics> statistics) {
    return new NodeSearchRequest(
        scope.collection().id(),
        scope.catalogVersion(),
        owner.vchannels(),
        scope.partitionIds(),
        command.field().id(),
        queries,
        command.offset() + command.limit(),
        command.parameters(),
        command.filter(),
        outputFieldIds,
        statistics);
  }

  /** The index's metric, after a check that the search fits the index. */
  private static MetricType checkedMetric(CollectionDescriptor collection, SearchCommand command) {
    IndexDescriptor index =
        collection
            .indexOfField(command.field().id())
            .filter(IndexDescriptor::isVectorIndex)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "index not found[field=" + command.field().name() + "]"));
    MetricType metric = index.metric().orElseThrow();
    if (command.metric().isPresent() && command.metric().get() != metric) {
      throw SagittaException.invalidParameter(
          "metric type not match: field="
              + command.field().name()
              + " expected="
              + metric
              + " actual="
              + command.metric().get());
    }
    VectorIndexTypes.get(index.indexType())
        .validateSearchParameters(command.parameters(), command.offset() + command.limit());
    var _ = ScoreRange.of(command.parameters(), metric);
    return metric;
  }

  private static PrimaryKeys keysOf(
      ReadScope scope, List<NodeSearchResult> results, MergedHits hits) {
    if (scope.collection().schema().primaryKey().type() == DataType.INT64) {
      long[] keys = new long[hits.size()];
      for (int hit = 0; hit < keys.length; hit++) {
        PrimaryKeys source = results.get(hits.sources()[hit]).keys();
        keys[hit] = ((PrimaryKeys.LongKeys) source).values()[hits.positions()[hit]];
      }
      return new PrimaryKeys.LongKeys(keys);
    }
    String[] keys = new String[hits.size()];
    for (int hit = 0; hit < keys.length; hit++) {
      PrimaryKeys source = results.get(hits.sources()[hit]).keys();
      keys[hit] = ((PrimaryKeys.StringKeys) source).values()[hits.positions()[hit]];
    }
    return new PrimaryKeys.StringKeys(keys);
  }

  private static float[] scoresOf(
      List<NodeSearchResult> results, MergedHits hits, SearchCommand command) {
    float[] scores = new float[hits.size()];
    for (int hit = 0; hit < scores.length; hit++) {
      scores[hit] = results.get(hits.sources()[hit]).scores()[hits.positions()[hit]];
    }
    if (command.roundDecimal().isPresent()) {
      double factor = Math.pow(10, command.roundDecimal().getAsInt());
      for (int hit = 0; hit < scores.length; hit++) {
        scores[hit] = (float) (Math.floor(scores[hit] * factor + 0.5) / factor);
      }
    }
    return scores;
  }
}
