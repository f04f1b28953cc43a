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
import dev.sagitta.query.hit.HitMerger;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.NodeSearchResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Vector search over the views of a scope: rows by filter, segment by segment, unless a hint asks
 * for an {@link IterativeFilter}; then the nearest of them, in units of one segment and a few
 * queries; then the merge.
 */
final class SegmentSearch {
  /** Units with fewer rows and queries are not worth a second thread. */
  private static final long SMALL_WORK = 200_000;

  private static final int QUERIES_PER_UNIT = 8;

  private final ParallelWork parallelWork;

  SegmentSearch(ParallelWork parallelWork) {
    this.parallelWork = parallelWork;
  }

  /**
   * @param boosts compiled boost of the request, if it has one
   */
  NodeSearchResult search(
      ReadScope scope,
      NodeSearchRequest request,
      Filter filter,
      Optional<BoostedScores> boosts,
      Deadline deadline) {
    FieldSchema field = vectorField(scope, request);
    IndexDescriptor index = index(scope, field);
    MetricType metric = index.metric().orElseThrow();
    boolean iterative = IterativeFilter.isWanted(request, filter);
    SearchedSegments segments =
        new SearchedSegments(
            scope.views(),
            field,
            metric,
            queries(request, metric),
            parameters(request, index, metric),
            iterative ? Optional.of(filter) : Optional.empty(),
            boosts,
            deadline);
    RowBitmap[] allowed = allowedRows(segments, request, iterative ? Filter.all() : filter);
    Merged nearest = searchAndMerge(scope, segments, request, allowed);
    Optional<Grouping> grouping = request.options().grouping();
    if (grouping.isPresent() && mayLackRows(grouping.get(), scope.views().size())) {
      nearest = fillGroups(scope, segments, request, allowed, nearest);
    }
    return nearest.withFields(scope, request.outputFieldIds());
  }

  private static boolean isSmall(SearchedSegments segments, int queryCount) {
    long rows = 0;
    for (SegmentView view : segments.views()) {
      rows += view.rowCount();
    }
    return rows * queryCount < SMALL_WORK;
  }

  /** The rows of each segment that count; null means all. */
  private RowBitmap[] allowedRows(
      SearchedSegments segments, NodeSearchRequest request, Filter filter) {
    RowBitmap[] allowed = new RowBitmap[segments.views().size()];
    run(
        isSmall(segments, request.queryCount()),
        allowed.length,
        segments.deadline(),
        i ->
            allowed[i] =
                RowSelection.select(segments.views().get(i), filter, request.options().visibility())
                    .orElse(null));
    return allowed;
  }

  private Merged searchAndMerge(
      ReadScope scope, SearchedSegments segments, NodeSearchRequest request, RowBitmap[] allowed) {
    int queryUnits = (request.queryCount() + QUERIES_PER_UNIT - 1) / QUERIES_PER_UNIT;
    TopRows[][] found = new TopRows[request.queryCount()][segments.views().size()];
    run(
        isSmall(segments, request.queryCount()),
        segments.views().size() * queryUnits,
        segments.deadline(),
        unit -> {
          int view = unit / queryUnits;
          boolean nothing =
              segments.views().get(view).rowCount() == 0
                  || (allowed[view] != null && allowed[view].isEmpty());
          if (!nothing) {
            int from = unit % queryUnits * QUERIES_PER_UNIT;
            int to = Math.min(request.queryCount(), from + QUERIES_PER_UNIT);
            List<TopRows> nearest =
                segments.nearest(view, Optional.ofNullable(allowed[view]), request, from, to);
            for (int query = from; query < to; query++) {
              found[query][view] = nearest.get(query - from);
            }
          }
        });
    Optional<Grouping> grouping = request.options().grouping();
    SegmentHits hits = new SegmentHits(segments.views(), grouping, found);
    HitMerger merger =
        new HitMerger(
            segments.metric().largerIsNearer(), request.queryCount(), 0, request.topK(), grouping);
    for (int query = 0; query < found.length; query++) {
      merger.add(hits.ofQuery(query));
    }
    MergedHits merged = merger.build();
    int[] rows = new int[merged.size()];
    boolean stringKeys = scope.collection().schema().primaryKey().type() == DataType.VARCHAR;
    return new Merged(hits.result(merged, rows, stringKeys), merged.sources());
  }

  private void run(boolean small, int units, Deadline deadline, IntConsumer work) {
    if (small || units == 1) {
      ParallelWork.sequential(units, deadline, work);
    } else {
      parallelWork.parallel(units, deadline, work);
    }
  }

  /** Whether a group's rows may lie in segments where the group is not among the nearest ones. */
  private static boolean mayLackRows(Grouping grouping, int segmentCount) {
    return grouping.strict()
        && grouping.size() > 1
        && grouping.only().isEmpty()
        && segmentCount > 1;
  }

  /** Searches again for rows of the groups that were found, query by query. */
  private Merged fillGroups(
      ReadScope scope,
      SearchedSegments segments,
      NodeSearchRequest request,
      RowBitmap[] allowed,
      Merged nearest) {
    List<Merged> filled = new ArrayList<>();
    int hit = 0;
    for (int query = 0; query < request.queryCount(); query++) {
      int end = hit + nearest.result.hitCounts()[query];
      Set<Optional<Object>> groups =
          new HashSet<>(nearest.result.groups().orElseThrow().subList(hit, end));
      hit = end;
      Grouping only = request.options().grouping().orElseThrow().withOnly(groups);
      filled.add(
          searchAndMerge(
              scope, segments.ofQuery(query), request.ofQuery(query).withGrouping(only), allowed));
    }
    return Merged.concat(filled);
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

  /** Merged hits, and the view that each is in. */
  private record Merged(NodeSearchResult result, int[] viewOfHit) {
    static Merged concat(List<Merged> parts) {
      return new Merged(
          NodeSearchResults.concat(parts.stream().map(Merged::result).toList()),
          parts.stream().flatMapToInt(part -> Arrays.stream(part.viewOfHit)).toArray());
    }

    NodeSearchResult withFields(ReadScope scope, List<Long> fieldIds) {
      if (fieldIds.isEmpty()) {
        return result;
      }
      return result.withFields(
          RowFetcher.fetch(
              scope.collection().schema(),
              scope.views(),
              viewOfHit.length,
              hit -> viewOfHit[hit],
              hit -> result.rows()[hit],
              fieldIds));
    }
  }
}
