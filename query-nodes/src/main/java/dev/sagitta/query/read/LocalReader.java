package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCache;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.load.SegmentLoader;
import dev.sagitta.query.metrics.NodeMetrics;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.request.TermStatisticsRequest;
import dev.sagitta.query.segment.SegmentHolder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Carries reads out on this node's segments; refuses more than a number at a time. */
public final class LocalReader {
  private final ReadScopes scopes;
  private final FilterCache filters = new FilterCache();
  private final SegmentSearch segmentSearch;
  private final LocatedRows locatedRows;
  private final NodeMetrics metrics;
  private final Semaphore admission;
  private final int maximumReads;

  /**
   * @param helpers lends threads to reads of several large segments
   * @param parallelism most threads of one read
   * @param maximumReads reads that may run at a time
   */
  public LocalReader(
      SegmentHolder holder,
      CatalogFollower catalog,
      SegmentLoader loader,
      Executor helpers,
      int parallelism,
      int maximumReads,
      NodeMetrics metrics) {
    this.scopes = new ReadScopes(holder, catalog, loader, InstantSource.system());
    this.segmentSearch = new SegmentSearch(new ParallelWork(helpers, parallelism));
    this.locatedRows = new LocatedRows(holder, catalog);
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.maximumReads = maximumReads;
    this.admission = new Semaphore(maximumReads);
  }

  /** See {@link dev.sagitta.query.NodeReader#search}. */
  public NodeSearchResult search(NodeSearchRequest request, Deadline deadline) {
    long began = System.nanoTime();
    NodeSearchResult result =
        admitted(
            () -> {
              try (ReadScope scope =
                  scopes.open(
                      request.collectionId(),
                      request.catalogVersion(),
                      request.vchannels(),
                      request.partitionIds(),
                      request.options().visibility(),
                      deadline)) {
                Filter filter = compile(request.filter(), scope.collection());
                PartitionPruning.requireIsolation(scope.collection(), filter);
                return segmentSearch.search(
                    PartitionPruning.prune(scope, filter),
                    request,
                    filter,
                    boosts(request, scope.collection()),
                    deadline);
              }
            });
    metrics.searched(
        request.collectionId(), request.queryCount(), Duration.ofNanos(System.nanoTime() - began));
    return result;
  }

  /** See {@link dev.sagitta.query.NodeReader#termStatistics}. */
  public Bm25Statistics termStatistics(TermStatisticsRequest request, Deadline deadline) {
    return admitted(
        () -> {
          try (ReadScope scope =
              scopes.open(
                  request.collectionId(),
                  request.catalogVersion(),
                  request.vchannels(),
                  Set.of(),
                  RowVisibility.NEWEST,
                  deadline)) {
            Bm25Statistics sum = Bm25Statistics.none(request.indices());
            for (SegmentView view : scope.views()) {
              sum = sum.plus(view.bm25Statistics(request.fieldId(), request.indices()));
            }
            return sum;
          }
        });
  }

  /** See {@link dev.sagitta.query.NodeReader#retrieve}. */
  public RetrieveResult retrieve(RetrieveRequest request, Deadline deadline) {
    long began = System.nanoTime();
    RetrieveResult result =
        admitted(
            () -> {
              try (ReadScope scope =
                  scopes.open(
                      request.collectionId(),
                      request.catalogVersion(),
                      request.vchannels(),
                      request.partitionIds(),
                      request.visibility(),
                      deadline)) {
                Filter filter = compile(request.filter(), scope.collection());
                ReadScope pruned = PartitionPruning.prune(scope, filter);
                return request.countOnly()
                    ? RowRetrieval.count(pruned, request.visibility(), filter, deadline)
                    : RowRetrieval.rows(pruned, request, filter, deadline);
              }
            });
    metrics.retrieved(request.collectionId(), Duration.ofNanos(System.nanoTime() - began));
    return result;
  }

  /** See {@link dev.sagitta.query.NodeReader#fetch}. */
  public ColumnBatch fetch(FetchRequest request, Deadline deadline) {
    return admitted(() -> locatedRows.fetch(request, deadline));
  }

  private Optional<BoostedScores> boosts(
      NodeSearchRequest request, CollectionDescriptor collection) {
    return request
        .options()
        .boost()
        .map(
            boost ->
                new BoostedScores(
                    boost,
                    boost.functions().stream()
                        .map(function -> compile(function.filter(), collection))
                        .toList()));
  }

  private Filter compile(FilterText filter, CollectionDescriptor collection) {
    return filter.expression().isBlank()
        ? Filter.all()
        : filters.get(
            filter.expression(), filter.templates(), filter.zone(collection), collection.schema());
  }

  private <T> T admitted(Supplier<T> read) {
    if (!admission.tryAcquire()) {
      metrics.readRejected();
      throw new SagittaException(
          ErrorCode.REQUEST_LIMIT_EXCEEDED,
          "too many reads at a time, try again[limit=" + maximumReads + "]");
    }
    try {
      return read.get();
    } finally {
      admission.release();
    }
  }
}
