package dev.sagitta.query.read;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.sparse.Bm25Parameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Vector search over the views of a scope: rows by filter, segment by segment; then the nearest of
 * them, in units of one segment and a few queries; then the merge.
 */
final class SegmentSearch {
  /** Units with fewer rows and queries are not worth a second thread. */
  private static final long SMALL_WORK = 200_000;

  private static final int QUERIES_PER_UNIT = 8;

  private final ParallelWork parallelWork;

  SegmentSearch(ParallelWork parallelWork) {
    this.parallelWork = parallelWork;
  }

  NodeSearchResult search(
      ReadScope scope, NodeSearchRequest request, Filter filter, Deadline deadline) {
    FieldSchema field = vectorField(scope, request);
    IndexDescriptor index = index(scope, field);
    MetricType metric = index.metric().orElseThrow();
    List<QueryVector> queries = queries(request, metric);
    IndexSearchParameters parameters = parameters(request, index, metric);
    List<SegmentView> views = scope.views();
    long rows = views.stream().mapToLong(SegmentView::rowCount).sum();
    boolean small = rows * request.queryCount() < SMALL_WORK;

    RowBitmap[] allowed = new RowBitmap[views.size()];
    boolean[] nothing = new boolean[views.size()];
    run(
        small,
        views.size(),
        deadline,
        i -> {
          Optional<RowBitmap> selected = RowSelection.select(views.get(i), filter);
          allowed[i] = selected.orElse(null);
          nothing[i] =
              views.get(i).rowCount() == 0 || (selected.isPresent() && selected.get().isEmpty());
        });

    int queryUnits = (request.queryCount() + QUERIES_PER_UNIT - 1) / QUERIES_PER_UNIT;
    TopRows[][] found = new TopRows[queries.size()][views.size()];
    run(
        small,
        views.size() * queryUnits,
        deadline,
        unit -> {
          int view = unit / queryUnits;
          if (!nothing[view]) {
            int from = unit % queryUnits * QUERIES_PER_UNIT;
            int to = Math.min(request.queryCount(), from + QUERIES_PER_UNIT);
            List<TopRows> nearest =
                nearest(
                    views.get(view),
                    allowed[view],
                    field,
                    metric,
                    request,
                    parameters,
                    queries.subList(from, to));
            for (int query = from; query < to; query++) {
              found[query][view] = nearest.get(query - from);
            }
          }
        });
    return merge(scope, request, metric, found);
  }

  private void run(boolean small, int units, Deadline deadline, IntConsumer work) {
    if (small || units == 1) {
      ParallelWork.sequential(units, deadline, work);
    } else {
      parallelWork.parallel(units, deadline, work);
    }
  }

  private static List<TopRows> nearest(
      SegmentView view,
      RowBitmap allowed,
      FieldSchema field,
      MetricType metric,
      NodeSearchRequest request,
      IndexSearchParameters parameters,
      List<QueryVector> queries) {
    int limit = Math.min(request.topK(), view.rowCount());
    List<TopRows> nearest = new ArrayList<>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      nearest.add(new TopRows(limit, metric.largerIsNearer()));
    }
    view.vectorSearch(
        field.id(), metric, queries, parameters, Optional.ofNullable(allowed), nearest);
    nearest.forEach(TopRows::sortBestFirst);
    return nearest;
  }

  private static NodeSearchResult merge(
      ReadScope scope, NodeSearchRequest request, MetricType metric, TopRows[][] found) {
    boolean stringKeys = scope.collection().schema().primaryKey().type() == DataType.VARCHAR;
    HitMerger merger =
        new HitMerger(
            scope.views(),
            metric.largerIsNearer(),
            request.queryCount(),
            request.topK(),
            stringKeys);
    for (int query = 0; query < found.length; query++) {
      merger.add(query, found[query]);
    }
    NodeSearchResult hits = merger.result();
    if (request.outputFieldIds().isEmpty()) {
      return hits;
    }
    return new NodeSearchResult(
        hits.hitCounts(),
        hits.scores(),
        hits.keys(),
        hits.segmentIds(),
        hits.rows(),
        Optional.of(
            RowFetcher.fetch(
                scope.collection().schema(),
                scope.views(),
                merger.size(),
                merger::viewOf,
                merger::rowOf,
                request.outputFieldIds())));
  }

  private static FieldSchema vectorField(ReadScope scope, NodeSearchRequest request) {
    FieldSchema field =
        scope
            .collection()
            .schema()
            .field(request.fieldId())
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "field not found[field=" + request.fieldId() + "]"));
    ColumnType actual = ColumnType.of(request.queries());
    if (!actual.equals(ColumnType.of(field))) {
      throw SagittaException.invalidParameter(
          "query vectors of another type or dimension: field="
              + field.name()
              + " expected="
              + ColumnType.of(field)
              + " actual="
              + actual);
    }
    return field;
  }

  private static List<QueryVector> queries(NodeSearchRequest request, MetricType metric) {
    if (metric != MetricType.BM25) {
      return QueryVector.ofRows(request.queries());
    }
    Bm25Statistics statistics =
        request
            .statistics()
            .orElseThrow(
                () -> SagittaException.invalidParameter("a search by BM25 needs statistics"));
    return QueryVector.ofRows((SparseVectorColumn) request.queries(), statistics);
  }

  /** The search's parameters; for BM25 also the index's constants, which scans need. */
  private static IndexSearchParameters parameters(
      NodeSearchRequest request, IndexDescriptor index, MetricType metric) {
    if (metric != MetricType.BM25) {
      return request.parameters();
    }
    Map<String, String> values = new HashMap<>(request.parameters().values());
    for (String constant : List.of(Bm25Parameters.K1, Bm25Parameters.B)) {
      values.remove(constant);
      String value = index.parameters().get(constant);
      if (value != null) {
        values.put(constant, value);
      }
    }
    return new IndexSearchParameters(
        values, request.parameters().radius(), request.parameters().rangeFilter());
  }

  private static IndexDescriptor index(ReadScope scope, FieldSchema field) {
    return scope
        .collection()
        .indexOfField(field.id())
        .filter(IndexDescriptor::isVectorIndex)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.INDEX_NOT_FOUND,
                    "index not found[collection="
                        + scope.collection().name()
                        + "][field="
                        + field.name()
                        + "]"));
  }
}
