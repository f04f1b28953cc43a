package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.SearchIterator;
import dev.sagitta.engine.index.SearchIterator.Search;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is searched, and for what.
 *
 * @param iterative the filter if it is tested on the nearest rows only
 */
record SearchedSegments(
    List<SegmentView> views,
    FieldSchema field,
    MetricType metric,
    List<QueryVector> queries,
    IndexSearchParameters parameters,
    Optional<Filter> iterative,
    Optional<BoostedScores> boosts,
    Deadline deadline) {
  SearchedSegments {
    requireNonNull(views, "views is null");
    requireNonNull(field, "field is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(iterative, "iterative is null");
    requireNonNull(boosts, "boosts is null");
    requireNonNull(deadline, "deadline is null");
  }

  /** The search for one of the queries alone. */
  SearchedSegments ofQuery(int query) {
    List<QueryVector> only = List.of(queries.get(query));
    return new SearchedSegments(
        views, field, metric, only, parameters, iterative, boosts, deadline);
  }

  /** The rows of a segment nearest to some of the queries, best first. */
  List<TopRows> nearest(
      int number, Optional<RowBitmap> allowed, NodeSearchRequest request, int from, int to) {
    SegmentView view = views.get(number);
    Optional<Grouping> grouping = request.options().grouping();
    List<TopRows> nearest = new ArrayList<>(to - from);
    if (grouping.isPresent()) {
      for (int query = from; query < to; query++) {
        nearest.add(groups(view, allowed, request, grouping.get(), queries.get(query)));
      }
      return nearest;
    }
    int limit = Math.min(request.topK(), view.rowCount());
    if (iterative.isPresent()) {
      IterativeFilter filter = new IterativeFilter(view, iterative.get(), allowed);
      for (int query = from; query < to; query++) {
        Search search = searchOf(view, queries.get(query));
        nearest.add(filter.nearest(search, limit, metric.largerIsNearer(), deadline));
      }
    } else {
      for (int query = from; query < to; query++) {
        nearest.add(new TopRows(limit, metric.largerIsNearer()));
      }
      view.vectorSearch(
          field.id(), metric, queries.subList(from, to), parameters, allowed, nearest);
      nearest.forEach(TopRows::sortBestFirst);
    }
    boosts.ifPresent(boost -> nearest.replaceAll(rows -> boost.apply(view, rows)));
    return nearest;
  }

  private Search searchOf(SegmentView view, QueryVector query) {
    return (rows, results) ->
        view.vectorSearch(
            field.id(), metric, List.of(query), parameters, Optional.of(rows), List.of(results));
  }

  private TopRows groups(
      SegmentView view,
      Optional<RowBitmap> allowed,
      NodeSearchRequest request,
      Grouping grouping,
      QueryVector query) {
    SearchIterator iterator =
        new SearchIterator(
            searchOf(view, query), view.rowCount(), metric.largerIsNearer(), allowed);
    return GroupedRows.collect(
        view, iterator, grouping, request.topK(), metric.largerIsNearer(), deadline);
  }
}
